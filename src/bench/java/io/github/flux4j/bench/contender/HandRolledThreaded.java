package io.github.flux4j.bench.contender;

import io.github.flux4j.bench.baseline.tuned.HandRolledThreadedMlp;
import java.util.Arrays;

/** The fastest plain Java, on a thread a core. Its data lies as it likes it: for each thread an array for each of its examples. */
final class HandRolledThreaded implements Contender {

    private record Parts(float[][][] features, float[][][] targets) {}

    private final HandRolledThreadedMlp mlp;
    private final Turns<Parts> batches;
    private final int threads;
    private final int inputs;
    private final int outputs;

    /** On the problems that can't be divided, the loops of one thread. */
    static Contender start(Problem problem) {
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), problem.batchSize());
        return threads == 1 || HandRolledLine.fits(problem)
                ? HandRolledTuned.start(problem)
                : new HandRolledThreaded(problem, threads);
    }

    private HandRolledThreaded(Problem problem, int threads) {
        this.threads = threads;
        inputs = problem.network().inputs();
        outputs = problem.network().outputs();
        int most = (problem.examples() + threads - 1) / threads; // a loss is looked at over all examples
        mlp = new HandRolledThreadedMlp(problem.network(), most, threads, problem.start());
        batches = new Turns<>(problem.batches().stream()
                .map(batch -> new Parts(parts(batch.features(), inputs), parts(batch.targets(), outputs)))
                .toList());
    }

    private float[][][] parts(float[] values, int columns) {
        float[][] rows = new float[values.length / columns][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * columns, (i + 1) * columns));
        float[][][] parts = new float[threads][][];
        Arrays.setAll(parts, i -> Arrays.copyOfRange(rows, rows.length * i / threads, rows.length * (i + 1) / threads));
        return parts;
    }

    @Override
    public void step() {
        Parts batch = batches.next();
        mlp.step(batch.features(), batch.targets());
    }

    @Override
    public float[] parameters() {
        return mlp.parameters();
    }

    @Override
    public void predict(float[] x, float[] y) {
        float[][][] parts = parts(x, inputs);
        int rows = x.length / inputs;
        mlp.each(i -> {
            float[][] predictions = mlp.predict(parts, i);
            int from = rows * i / threads;
            for (int row = 0; row < parts[i].length; row++) {
                System.arraycopy(predictions[row], 0, y, (from + row) * outputs, outputs);
            }
        });
    }

    @Override
    public String about() {
        return threads + " threads";
    }

    @Override
    public void close() {
        mlp.close();
    }
}
