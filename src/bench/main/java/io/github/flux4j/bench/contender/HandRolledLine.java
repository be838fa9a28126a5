package io.github.flux4j.bench.contender;

import io.github.flux4j.bench.baseline.DenseNetwork;
import io.github.flux4j.bench.baseline.HandRolledFloatLine;

/** The learner's program for a line; nothing is left to tune in it. */
final class HandRolledLine implements Contender {

    private final Problem problem;
    private HandRolledFloatLine line;
    private final Turns<Problem.Slice> batches;

    HandRolledLine(Problem problem) {
        this.problem = problem;
        batches = new Turns<>(problem.batches());
        restart();
    }

    /** Whether the problem is one line, mse and descent. */
    static boolean fits(Problem problem) {
        DenseNetwork network = problem.network();
        return network.layers()
                        .equals(java.util.List.of(new DenseNetwork.Layer(1, 1, DenseNetwork.Activation.IDENTITY)))
                && network.loss() == DenseNetwork.Loss.MSE
                && network.rule() instanceof DenseNetwork.Descent;
    }

    @Override
    public void step() {
        Problem.Slice batch = batches.next();
        line.step(batch.features(), batch.targets());
    }

    @Override
    public void restart() {
        double eta = ((DenseNetwork.Descent) problem.network().rule()).eta();
        line = new HandRolledFloatLine(problem.start()[0], problem.start()[1], eta);
        batches.restart();
    }

    @Override
    public float[] parameters() {
        return line.parameters();
    }

    @Override
    public void predict(float[] x, float[] y) {
        for (int i = 0; i < x.length; i++) {
            y[i] = line.predict(x[i]);
        }
    }
}
