package io.github.flux4j.internal.prepare;

import io.github.flux4j.format.Target;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Classes to be predicted: a network sees a 1 for the row's class and zeros for the others.
 *
 * @param target the column; its classes, texts in alphabetical order, numbers by size; whether outputs become probabilities by softmax; the threshold
 * @param weight of each class; null if all count the same
 * @param smoothing the share of the ones that is spread over all classes in training
 */
public record Classes(Target.Classes target, double[] weight, double smoothing) implements Goal {

    /** The column. */
    public String name() {
        return target.name();
    }

    public List<String> classes() {
        return target.classes();
    }

    private boolean logits() {
        return target.areLogits();
    }

    /** Losses of probabilities, so that the network must end in those. */
    private static final Set<String> OF_PROBABILITIES =
            Set.of("crossentropy", "kldivergence", "focalLoss", "binarycrossentropy", "binaryFocalLoss");

    /** With more different numbers than this, a tenth of the rows at least, a target of numbers is none of classes. */
    private static final int MANY = 50;

    /**
     * Of this column, which has no gaps.
     *
     * @throws IllegalArgumentException if there are fewer than two classes, or so many numbers that they are none
     */
    public static Classes of(Table table, String target, EstimatorSettings settings) {
        Column column = table.column(target);
        List<String> classes = classes(column);
        if (classes.size() < 2) {
            throw new IllegalArgumentException(
                    "the target " + Names.shown(target) + " is " + Names.shown(classes.get(0))
                            + " in every row, so there is nothing to learn; at least two classes are needed");
        }
        if (column instanceof Numbers && classes.size() > MANY && classes.size() > column.size() / 10) {
            throw new IllegalArgumentException("the target " + Names.shown(target) + " has " + classes.size()
                    + " different numbers in " + Words.count(column.size(), "row")
                    + ", which are hardly classes; use regressor(), or Table.asText(\"…\") if they are");
        }
        return new Classes(
                new Target.Classes(target, classes, logits(settings.get(EstimatorSetting.LOSS))),
                weights(column, classes, settings),
                settings.get(EstimatorSetting.LABEL_SMOOTHING));
    }

    /** The same, with the weights that settings give other rows. */
    @Override
    public Classes again(Table table, EstimatorSettings settings) {
        strata(table); // refuses a class that there wasn't
        return new Classes(
                target,
                weights(table.column(name()), classes(), settings),
                settings.get(EstimatorSetting.LABEL_SMOOTHING));
    }

    /** A loss of the user's own is one of logits. */
    private static boolean logits(LossFunction loss) {
        return OF_PROBABILITIES.stream().noneMatch(name -> loss.toString().startsWith(name));
    }

    private static List<String> classes(Column column) {
        Comparator<Integer> order = column instanceof Numbers numbers
                ? Comparator.comparingDouble(numbers::value)
                : Comparator.comparing(column::text);
        return IntStream.range(0, column.size())
                .boxed()
                .sorted(order)
                .map(column::text)
                .distinct()
                .toList();
    }

    private static double[] weights(Column column, List<String> classes, EstimatorSettings settings) {
        if (settings.get(EstimatorSetting.CLASS_WEIGHTS).isEmpty() && !settings.get(EstimatorSetting.BALANCED)) {
            return null;
        }
        settings.get(EstimatorSetting.CLASS_WEIGHTS).keySet().stream()
                .filter(name -> !classes.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("there is no class " + Names.shown(name) + "; the classes of "
                            + Names.shown(column.name()) + " are " + classes);
                });
        Map<String, Long> counts = IntStream.range(0, column.size())
                .mapToObj(column::text)
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        return classes.stream()
                .mapToDouble(
                        name -> settings.get(EstimatorSetting.CLASS_WEIGHTS).getOrDefault(name, 1.0)
                                * (settings.get(EstimatorSetting.BALANCED)
                                        ? column.size() / (double) classes.size() / counts.getOrDefault(name, 1L)
                                        : 1))
                .toArray();
    }

    /** Classes of one row only, which a network that leaves it out can't know. */
    public List<String> seenOnce(Table table) {
        int[] codes = strata(table);
        return IntStream.range(0, outputs())
                .filter(k -> Arrays.stream(codes).filter(code -> code == k).count() == 1)
                .mapToObj(classes()::get)
                .toList();
    }

    @Override
    public int outputs() {
        return classes().size();
    }

    @Override
    public float[] learnt(Table table) {
        return ones(table, smoothing);
    }

    @Override
    public double[][] scaled(Table table) {
        int[] codes = strata(table);
        return IntStream.range(0, outputs())
                .mapToObj(k -> IntStream.of(codes)
                        .mapToDouble(code -> code == k ? 1 : 0)
                        .toArray())
                .toArray(double[][]::new);
    }

    @Override
    public float[] judged(Table table) {
        return ones(table, 0);
    }

    private float[] ones(Table table, double smoothing) {
        float[] numbers = new float[Examples.numbers(table.rows(), outputs())];
        Arrays.fill(numbers, (float) (smoothing / outputs()));
        int[] codes = strata(table);
        for (int row = 0; row < codes.length; row++) {
            numbers[row * outputs() + codes[row]] = (float) (1 - smoothing + smoothing / outputs());
        }
        return numbers;
    }

    @Override
    public int[] strata(Table table) {
        Column column = table.column(name());
        Map<String, Integer> places = new HashMap<>();
        classes().forEach(name -> places.put(name, places.size()));
        return IntStream.range(0, table.rows())
                .map(row -> code(column.text(row), places))
                .toArray();
    }

    private int code(String name, Map<String, Integer> places) {
        Integer code = places.get(name);
        if (code == null) {
            throw new IllegalArgumentException("training had no class " + Names.shown(name) + " of "
                    + Names.shown(name()) + ", but the rows to score have it; drop such rows");
        }
        return code;
    }

    @Override
    public double[] weights(Table table) {
        if (weight == null) {
            return null;
        }
        double[] each =
                Arrays.stream(strata(table)).mapToDouble(code -> weight[code]).toArray();
        double mean = Arrays.stream(each).average().orElseThrow();
        return Arrays.stream(each).map(w -> w / mean).toArray();
    }

    @Override
    public double[] meant(double[] outputs) {
        double[] probabilities = new double[outputs.length];
        for (int at = 0; at < outputs.length; at += outputs()) {
            row(outputs, at, probabilities);
        }
        return probabilities;
    }

    private void row(double[] outputs, int at, double[] probabilities) {
        double most = Arrays.stream(outputs, at, at + outputs()).max().orElseThrow();
        double sum = 0;
        for (int k = at; k < at + outputs(); k++) {
            probabilities[k] = logits() ? Math.exp(outputs[k] - most) : Math.max(0, outputs[k]);
            sum += probabilities[k];
        }
        for (int k = at; k < at + outputs(); k++) {
            probabilities[k] = sum == 0 ? 1.0 / outputs() : probabilities[k] / sum;
        }
    }

    /** The same with a threshold. */
    public Classes from(int positive, double threshold) {
        return new Classes(new Target.Classes(name(), classes(), logits(), positive, threshold), weight, smoothing);
    }

    /** The name of the class that is taken. */
    public String most(double... probabilities) {
        return classes().get(target.most(probabilities));
    }

    /** Probabilities of 1 for the classes that are taken; without a threshold these themselves, of which the largest is. */
    public double[][] taken(double[]... probabilities) {
        if (Double.isNaN(target.threshold())) {
            return probabilities;
        }
        return Arrays.stream(probabilities)
                .map(row -> {
                    double[] taken = new double[row.length];
                    taken[target.most(row)] = 1;
                    return taken;
                })
                .toArray(double[][]::new);
    }

    @Override
    public Classes ofLogits() {
        return new Classes(
                new Target.Classes(name(), classes(), true, target.positive(), target.threshold()), weight, smoothing);
    }
}
