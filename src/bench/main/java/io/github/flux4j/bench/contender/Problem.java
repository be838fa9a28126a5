package io.github.flux4j.bench.contender;

import io.github.flux4j.bench.baseline.DenseNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What every contender is given: the same network, the same data in the same batches, the same first parameters.
 *
 * @param features row by row
 * @param targets row by row
 * @param start the first parameters, in {@link DenseNetwork}'s order
 * @param goal the loss at which training stops; only of a {@link Task#TIME_TO_LOSS}
 */
public record Problem(
        String name,
        Task task,
        DenseNetwork network,
        int batchSize,
        float[] features,
        float[] targets,
        float[] start,
        double goal) {

    /** How something is timed. */
    public enum Mode {
        /** Again and again in a warm process. */
        LOOP,
        /** Once, by itself. */
        ONCE,
        /** From the start of the process until it has run once. */
        START
    }

    /** What is timed. */
    public enum Task {
        TRAINING(Mode.LOOP, "one training step"),
        PREDICTION(Mode.LOOP, "predictions from and into arrays"),
        COLD_START(Mode.START, "from the start of the process to the end of the first training step"),
        COLD_PREDICTION(Mode.START, "from the start of the process to the first prediction"),
        /** Training, epoch after epoch, until the loss on all examples reaches the goal. */
        TIME_TO_LOSS(Mode.ONCE, "training until the loss on all examples is"),
        FIRST_SECOND(Mode.ONCE, "one training step, on average over the second after the first began"),
        EACH_STEP(Mode.ONCE, "training steps, each timed alone"),
        EACH_STEP_BUSY(Mode.ONCE, "training steps, each timed alone, while another thread keeps a core busy"),
        EACH_PREDICTION(Mode.ONCE, "predictions, each timed alone"),
        EACH_PREDICTION_BUSY(
                Mode.ONCE,
                "predictions, each timed alone, while a second thread predicts too and a third trains another model");

        private final Mode mode;
        private final String about;

        Task(Mode mode, String about) {
            this.mode = mode;
            this.about = about;
        }

        public Mode mode() {
            return mode;
        }

        public String about() {
            return about;
        }

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

    /** The same with another network. */
    public Problem with(DenseNetwork other) {
        return new Problem(name, task, other, batchSize, features, targets, start, goal);
    }

    /** {@code start} in double precision. */
    public double[] wideStart() {
        return widened(start);
    }

    public static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }

    public int examples() {
        return features.length / network.inputs();
    }

    /** The examples in whole batches, in order; a remainder is left out. */
    public List<Slice> batches() {
        int count = examples() / batchSize;
        return IntStream.range(0, count).mapToObj(this::batch).toList();
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
        for (DenseNetwork.Layer layer : network.layers()) {
            products += (double) layer.inputs() * layer.outputs();
        }
        if (task.predicts()) {
            return 2.0 * batchSize * products;
        }
        DenseNetwork.Layer first = network.layers().get(0);
        return batchSize * (6.0 * products - 2.0 * first.inputs() * first.outputs());
    }
}
