package io.github.flux4j.bench.contender;

import io.github.flux4j.bench.baseline.HandRolledFloatMlp;

/** The readable baseline. */
final class HandRolled implements Contender {

    static final Entrant ITSELF = Entrant.ofFloats("readable loops, one thread", Entrant.Kind.PLAIN, HandRolled::start);

    private final Problem problem;
    private HandRolledFloatMlp mlp;
    private final Turns<Problem.Slice> batches;

    private static Contender start(Problem problem) {
        return HandRolledLine.fits(problem) ? new HandRolledLine(problem) : new HandRolled(problem);
    }

    private HandRolled(Problem problem) {
        this.problem = problem;
        batches = new Turns<>(problem.batches());
        restart();
    }

    @Override
    public void step() {
        Problem.Slice batch = batches.next();
        mlp.step(batch.features(), batch.targets());
    }

    @Override
    public void restart() {
        mlp = new HandRolledFloatMlp(problem.network(), problem.start());
        batches.restart();
    }

    @Override
    public float[] parameters() {
        return mlp.parameters().clone();
    }

    @Override
    public void predict(float[] x, float[] y) {
        System.arraycopy(mlp.predict(x), 0, y, 0, y.length);
    }
}
