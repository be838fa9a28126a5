package io.github.flux4j.bench.contender;

import io.github.flux4j.bench.baseline.Network;
import java.util.Arrays;
import java.util.List;

/**
 * What every contender is given: the same network, the same data in the same batches, the same first parameters.
 *
 * @param features row by row
 * @param targets row by row
 * @param start the first parameters, in {@link Network}'s order
 * @param goal the loss at which training stops; only of a {@link Task#TIME_TO_LOSS}
 */
public record Problem(
        String name,
        Task task,
        Network network,
        int batchSize,
        float[] features,
        float[] targets,
        float[] start,
        double goal) {

    /** What is timed. */
    public enum Task {
        /** One training step on one batch. */
        TRAINING,
        /** Predictions for one batch. */
        PREDICTION,
        /** From the start of the process to the end of the first training step. */
        COLD_START,
        /** From the start of the process to the first prediction. */
        COLD_PREDICTION,
        /** Training, epoch after epoch, until the loss on all examples reaches the goal. */
        TIME_TO_LOSS,
        /** Training for twenty seconds or ten million steps. */
        ENDURANCE,
        /** Training for the second after the first step began. */
        FIRST_SECOND,
        /** Training steps, each timed alone. */
        EACH_STEP,
        /** The same while another thread keeps a processor busy. */
        EACH_STEP_BUSY,
        /** Predictions, each timed alone. */
        EACH_PREDICTION,
        /** The same while a second thread predicts too, and a third trains another model. */
        EACH_PREDICTION_BUSY;

        /** Whether no step is done. */
        public boolean predicts() {
            return switch (this) {
                case PREDICTION, COLD_PREDICTION, EACH_PREDICTION, EACH_PREDICTION_BUSY -> true;
                default -> false;
            };
        }
    }

    /** One batch. */
    public record Slice(float[] features, float[] targets) {}

    /** The same with another task. */
    public Problem as(Task other) {
        return new Problem(name, other, network, batchSize, features, targets, start, goal);
    }

    /** {@code start} in double precision. */
    public double[] wideStart() {
        double[] wide = new double[start.length];
        Arrays.setAll(wide, i -> start[i]);
        return wide;
    }

    public int examples() {
        return features.length / network.inputs();
    }

    /** The examples in whole batches, in order; a remainder is left out. */
    public List<Slice> batches() {
        int count = examples() / batchSize;
        return java.util.stream.IntStream.range(0, count).mapToObj(this::batch).toList();
    }

    private Slice batch(int number) {
        return new Slice(part(features, network.inputs(), number), part(targets, network.outputs(), number));
    }

    private float[] part(float[] rows, int columns, int number) {
        int length = batchSize * columns;
        return Arrays.copyOfRange(rows, number * length, (number + 1) * length);
    }

    /** Of one training step: multiplications and additions of the products of forward and backward pass, without the first input's gradient. */
    public double flopPerStep() {
        double products = 0;
        for (Network.Layer layer : network.layers()) {
            products += (double) layer.inputs() * layer.outputs();
        }
        if (task.predicts()) {
            return 2.0 * batchSize * products;
        }
        Network.Layer first = network.layers().get(0);
        return batchSize * (6.0 * products - 2.0 * first.inputs() * first.outputs());
    }
}
