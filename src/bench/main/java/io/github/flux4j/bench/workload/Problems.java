package io.github.flux4j.bench.workload;

import io.github.flux4j.bench.baseline.DenseNetwork;
import io.github.flux4j.bench.baseline.DenseNetwork.Activation;
import io.github.flux4j.bench.baseline.DenseNetwork.Adam;
import io.github.flux4j.bench.baseline.DenseNetwork.Descent;
import io.github.flux4j.bench.baseline.DenseNetwork.Loss;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.contender.Problem.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The problems by name. Made of seeded numbers or of a data file, so every process makes the same. */
public final class Problems {

    public static final List<Integer> GRID_BATCHES = List.of(1, 8, 32, 128, 512, 2048);
    public static final List<Integer> GRID_WIDTHS = List.of(1, 8, 32, 128, 512, 1024);

    private static final Pattern GRID = Pattern.compile("grid-b([1-9]\\d{0,3})-w([1-9]\\d{0,3})");

    private static final Pattern CALLS = Pattern.compile("(latency|first-second)-(.+?)(-busy)?");

    /** As many batches as stay below this many features, so that small problems don't learn their data by heart. */
    private static final int FEATURES = 1 << 18;

    private static final int MOST_BATCHES = 32;

    private Problems() {}

    /** All cells, {@code width => width => width => 1}. */
    public static List<String> grid() {
        List<String> names = new ArrayList<>();
        for (int width : GRID_WIDTHS) {
            for (int batch : GRID_BATCHES) {
                names.add(grid(batch, width));
            }
        }
        return names;
    }

    /** The grid's problem of this batch size and width. */
    public static String grid(int batch, int width) {
        return "grid-b" + batch + "-w" + width;
    }

    /** The problem of this name, if there is one. */
    public static Optional<Problem> named(String name) {
        return Optional.ofNullable(standard(name)).or(() -> gridCell(name)).or(() -> calls(name));
    }

    /** A step or a prediction of another problem, call by call. */
    private static Optional<Problem> calls(String name) {
        Matcher matcher = CALLS.matcher(name);
        return matcher.matches()
                ? named(matcher.group(2))
                        .flatMap(problem -> task(matcher.group(1) + "-" + problem.task()
                                        + (matcher.group(3) == null ? "" : "-busy"))
                                .map(problem::as))
                : Optional.empty();
    }

    private static Optional<Task> task(String how) {
        return Optional.ofNullable(
                switch (how) {
                    case "latency-TRAINING" -> Task.EACH_STEP;
                    case "latency-TRAINING-busy" -> Task.EACH_STEP_BUSY;
                    case "latency-PREDICTION" -> Task.EACH_PREDICTION;
                    case "latency-PREDICTION-busy" -> Task.EACH_PREDICTION_BUSY;
                    case "first-second-TRAINING" -> Task.FIRST_SECOND;
                    default -> null;
                });
    }

    private static Problem standard(String name) {
        return switch (name) {
            case "article" -> article(name, Task.TRAINING);
            case "cold-start", "start-train" -> article(name, Task.COLD_START);
            case "start-predict" -> article(name, Task.COLD_PREDICTION);
            case "mlp-8-64-64-1-adam" -> random(name, 32, Activation.RELU, new Adam(), 8, 64, 64, 1);
            case "mlp-4-32-16-4-tanh" -> random(name, 32, Activation.TANH, new Descent(0.1), 4, 32, 16, 4);
            case "mlp-784-512-256-10-sgd" -> random(name, 128, Activation.RELU, new Descent(0.01), 784, 512, 256, 10);
            case "mlp-784-512-256-10-adam" -> random(name, 128, Activation.RELU, new Adam(), 784, 512, 256, 10);
            case "predict-8-64-64-1" ->
                random(name, 1, Activation.RELU, new Descent(0.1), 8, 64, 64, 1).as(Task.PREDICTION);
            case "predict-batch" ->
                random(name, 128, Activation.RELU, new Descent(0.1), 784, 512, 256, 10)
                        .as(Task.PREDICTION);
            case "digits" -> digits(name, Task.TRAINING);
            case "time-to-loss-digits" -> digits(name, Task.TIME_TO_LOSS);
            case "time-to-loss-auto-mpg" -> autoMpg(name);
            default -> null;
        };
    }

    /** Five points on y = x + 1. */
    private static Problem article(String name, Task task) {
        DenseNetwork network = DenseNetwork.of(Activation.IDENTITY, Loss.MSE, new Descent(0.1), 1, 1);
        float[] x = {0, 1, 2, 3, 4};
        float[] y = {1, 2, 3, 4, 5};
        return new Problem(name, task, network, x.length, x, y, new float[] {0.5f, 0}, Double.NaN);
    }

    /** Whether it is a problem of the grid. */
    public static boolean isGrid(String name) {
        return GRID.matcher(name).matches();
    }

    /** For people: a cell of the grid by its size, all else by its name. */
    public static String words(String name) {
        Matcher cell = GRID.matcher(name);
        return cell.matches() ? "batch " + cell.group(1) + " of width " + cell.group(2) : name;
    }

    private static Optional<Problem> gridCell(String name) {
        Matcher matcher = GRID.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int batch = Integer.parseInt(matcher.group(1));
        int width = Integer.parseInt(matcher.group(2));
        // the loss's curvature grows with the width, and a step beyond it would diverge
        double eta = Math.min(0.01, 0.25 / width);
        return Optional.of(random(name, batch, Activation.RELU, new Descent(eta), width, width, width, 1));
    }

    /** Normal features; targets that a small network can learn in part: tanh of a projection, and noise that keeps the loss from vanishing. */
    private static Problem random(String name, int batchSize, Activation hidden, DenseNetwork.Rule rule, int... sizes) {
        SplittableRandom random = new SplittableRandom(42);
        DenseNetwork network = DenseNetwork.of(hidden, Loss.MSE, rule, sizes);
        int inputs = network.inputs();
        int batches = Math.max(1, Math.min(MOST_BATCHES, FEATURES / (batchSize * inputs)));
        int examples = batches * batchSize;
        float[] features = normal(examples * inputs, 1, random);
        float[] targets = normal(examples * network.outputs(), 0.3, random);
        float[] projection = normal(inputs, 1 / Math.sqrt(inputs), random);
        for (int i = 0; i < examples; i++) {
            double sum = 0;
            for (int k = 0; k < inputs; k++) {
                sum += features[i * inputs + k] * projection[k];
            }
            for (int j = 0; j < network.outputs(); j++) {
                targets[i * network.outputs() + j] += (float) Math.tanh(sum * (j + 1));
            }
        }
        return new Problem(
                name, Task.TRAINING, network, batchSize, features, targets, start(network, random), Double.NaN);
    }

    /** Handwritten digits 8×8, one-hot targets. */
    private static Problem digits(String name, Task task) {
        DenseNetwork network = DenseNetwork.of(Activation.RELU, Loss.LOGIT_CROSS_ENTROPY, new Adam(), 64, 128, 10);
        DataFile data = DataFile.digits();
        return new Problem(name, task, network, 32, data.features(), data.targets(), start(network), 0.05);
    }

    /** Miles per gallon from seven measures, all standardised. */
    private static Problem autoMpg(String name) {
        DataFile data = DataFile.autoMpg();
        DenseNetwork network = DenseNetwork.of(Activation.RELU, Loss.MSE, new Adam(), data.columns(), 64, 64, 1);
        return new Problem(name, Task.TIME_TO_LOSS, network, 32, data.features(), data.targets(), start(network), 0.08);
    }

    private static float[] start(DenseNetwork network) {
        return start(network, new SplittableRandom(7));
    }

    /** Glorot-uniform weights, and biases above zero, so that relu lets something through whatever the features. */
    private static float[] start(DenseNetwork network, SplittableRandom random) {
        float[] start = new float[network.parameterCount()];
        int at = 0;
        for (DenseNetwork.Layer layer : network.layers()) {
            double width = Math.sqrt(6.0 / (layer.inputs() + layer.outputs()));
            for (int i = 0; i < layer.inputs() * layer.outputs(); i++) {
                start[at++] = (float) random.nextDouble(-width, width);
            }
            Arrays.fill(start, at, at + layer.outputs(), 0.1f);
            at += layer.outputs();
        }
        return start;
    }

    private static float[] normal(int count, double deviation, SplittableRandom random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }
}
