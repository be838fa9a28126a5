package io.github.flux4j.bench.contender;

import io.github.flux4j.bench.baseline.tuned.HandRolledTunedMlp;
import java.util.Arrays;

/** The fastest plain Java. Its data lies as it likes it: an array for each example. */
final class HandRolledTuned implements Contender {

    private record Rows(float[][] features, float[][] targets) {}

    private final HandRolledTunedMlp mlp;
    private final Turns<Rows> batches;
    private final int inputs;
    private final int outputs;

    /** As many rows as the model has room for. */
    private final float[][] room;

    static Contender start(Problem problem) {
        return HandRolledLine.fits(problem) ? new HandRolledLine(problem) : new HandRolledTuned(problem);
    }

    private HandRolledTuned(Problem problem) {
        inputs = problem.network().inputs();
        outputs = problem.network().outputs();
        mlp = new HandRolledTunedMlp(problem.network(), problem.batchSize(), problem.start());
        batches = new Turns<>(problem.batches().stream()
                .map(batch -> new Rows(rows(batch.features(), inputs), rows(batch.targets(), outputs)))
                .toList());
        room = new float[problem.batchSize()][inputs];
    }

    private static float[][] rows(float[] values, int columns) {
        float[][] rows = new float[values.length / columns][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * columns, (i + 1) * columns));
        return rows;
    }

    @Override
    public void step() {
        Rows batch = batches.next();
        mlp.step(batch.features(), batch.targets());
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
}
