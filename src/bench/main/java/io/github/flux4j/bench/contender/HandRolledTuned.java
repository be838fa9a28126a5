package io.github.flux4j.bench.contender;

import io.github.flux4j.bench.baseline.tuned.HandRolledTunedMlp;
import java.util.Arrays;

/** The fastest plain Java, on one thread. Its data lies as it likes it: an array for each example. */
final class HandRolledTuned implements Contender {

    static final Entrant ITSELF =
            Entrant.ofFloats("tuned loops, one thread", Entrant.Kind.PLAIN, HandRolledTuned::start);

    private record Batch(float[][] features, float[][] targets) {}

    private final Problem problem;
    private HandRolledTunedMlp mlp;
    private final Turns<Batch> batches;
    private final int inputs;
    private final int outputs;

    /** The rows of a batch to predict. */
    private final float[][] room;

    private static Contender start(Problem problem) {
        return HandRolledLine.fits(problem) ? new HandRolledLine(problem) : new HandRolledTuned(problem);
    }

    private HandRolledTuned(Problem problem) {
        inputs = problem.network().inputs();
        outputs = problem.network().outputs();
        this.problem = problem;
        batches = new Turns<>(problem.batches().stream()
                .map(batch -> new Batch(rows(batch.features(), inputs), rows(batch.targets(), outputs)))
                .toList());
        room = new float[problem.batchSize()][inputs];
        restart();
    }

    private static float[][] rows(float[] values, int columns) {
        float[][] rows = new float[values.length / columns][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * columns, (i + 1) * columns));
        return rows;
    }

    @Override
    public void step() {
        Batch batch = batches.next();
        mlp.step(batch.features(), batch.targets());
    }

    @Override
    public void restart() {
        mlp = new HandRolledTunedMlp(problem.network(), problem.batchSize(), problem.start());
        batches.restart();
    }

    @Override
    public float[] parameters() {
        return mlp.parameters();
    }

    @Override
    public void predict(float[] x, float[] y) {
        int examples = x.length / inputs;
        for (int from = 0; from < examples; from += room.length) {
            int count = Math.min(room.length, examples - from);
            for (int i = 0; i < count; i++) {
                System.arraycopy(x, (from + i) * inputs, room[i], 0, inputs);
            }
            float[][] predictions = mlp.predict(room, count);
            for (int i = 0; i < count; i++) {
                System.arraycopy(predictions[i], 0, y, (from + i) * outputs, outputs);
            }
        }
    }

    @Override
    public String about() {
        return "1 thread";
    }
}
