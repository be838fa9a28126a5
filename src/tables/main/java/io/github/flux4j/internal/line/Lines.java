package io.github.flux4j.internal.line;

import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.internal.threads.ParallelLoop;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.table.Folds.RowSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Linear models of the same rows: one of all, and one of each split's training rows, with what it says of those held out. Numbers have ridge regression, classes
 * logistic regression, for two of them with one output. The penalty is the one of a path with the least error on held-out rows; that of a split's line is
 * chosen by the rows of the other splits, so that no row chooses the penalty of its own prediction.
 */
public final class Lines {

    /** Above this, numbers are fitted step by step; up to it, in closed form. */
    private static final int MOST_TERMS = 1000;

    private static final int MOST_ROTATED = 1500;

    /** Of what is to choose a penalty, and of the line of all rows. */
    private static final int FEW_STEPS = 100;

    private static final double ENOUGH = 1e-4;
    private static final int MOST_STEPS = 1000;
    private static final double EXACT = 1e-6;
    private static final int MOST_WITH_ERRORS = 300;

    /** Of the squared error or the log loss per row: the first is none but for rounding. */
    private static final double[] PATH = {1e-14, 1e-6, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};

    private static final double[] COARSE = {10, 1, 0.1, 0.01, 1e-3, 1e-4, 1e-6};

    private static final double[] OF_CLASSES = {1, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4, 1e-5, 1e-6};

    /** So many worse penalties in a row end a path that is walked step by step. */
    private static final int WORSE = 2;

    private static final double LEAST = 1e-15; // of a probability

    private final LinearRows rows;
    private final double[][] targets;
    private final double[] weights;
    private final boolean areClasses;
    private final double[] units;
    private final List<RowSplit> splits;
    private final Rotation rotation;
    private final Moments whole; // where the line has a closed form
    private final List<Tried> tried = new ArrayList<>();
    private final Line all;
    private Errors errors; // null until they are asked for

    /** A penalty, with the line of each split and its error on what the split holds out. */
    private record Tried(double lambda, Line[] lines, double[] errors) {

        double error(int without) {
            return IntStream.range(0, errors.length)
                    .filter(split -> split != without)
                    .mapToDouble(split -> errors[split])
                    .sum();
        }
    }

    /**
     * Fits them.
     *
     * @param targets by output and row: numbers, or 1 for the row's class
     * @param weights null if all rows count the same
     * @param splits that hold rows out, one at least
     */
    public Lines(LinearRows rows, double[][] targets, double[] weights, boolean areClasses, List<RowSplit> splits) {
        this.targets = areClasses && targets.length == 2 ? new double[][] {targets[1]} : targets;
        this.weights = weights;
        this.areClasses = areClasses;
        this.splits = List.copyOf(splits);
        this.rotation = rows.count() < rows.size() && rows.count() <= MOST_ROTATED && !areClasses
                ? new Rotation(rows, rows.units(weights))
                : null;
        this.rows = rotation == null ? rows : rotation.rows();
        this.units = rotation == null ? rows.units(weights) : ones(rows.count());
        this.whole = isClosed() ? Moments.of(this.rows, this.targets, weights, every()) : null;
        if (isClosed()) {
            walkClosed(this.rows.size() <= MOST_TERMS / 3 ? PATH : COARSE);
        } else {
            walk(areClasses ? OF_CLASSES : COARSE);
        }
        this.all = fitted(every());
    }

    /** Of these rows, by the penalty that was chosen. */
    private Line fitted(int... which) {
        return isClosed()
                ? sums(which).solved(lambda(), units)
                : loss(which, lambda()).minimised(MOST_STEPS, EXACT, start());
    }

    private int[] every() {
        return IntStream.range(0, rows.count()).toArray();
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private boolean isClosed() {
        return !areClasses && rows.size() <= MOST_TERMS;
    }

    /** The line of these rows, by the penalty of that of all. */
    public Line of(int[] which) {
        return shaped(fitted(which));
    }

    /**
     * The standard error of {@code Σ contrast·weight} of the line of all rows: of numbers, in units of the output; of two classes, in log odds. NaN of several
     * outputs, of more than 300 terms, or of fewer rows than terms.
     */
    public double error(double... contrast) {
        return errors() == null ? Double.NaN : Math.sqrt(errors.variance.of(contrast));
    }

    /** The standard error of what the line says of a row with these terms, likewise. */
    public double errorAt(double... terms) {
        return errors() == null ? Double.NaN : Math.sqrt(errors.variance.at(errors.means, terms));
    }

    /** How many rows there are beyond what the line takes; of classes any number. */
    public double freedom() {
        return errors() == null || areClasses ? Double.NaN : errors.freedom;
    }

    private record Errors(Moments.Variance variance, double[] means, double freedom) {}

    /** Made when they are first asked for: any thread makes the same. */
    private Errors errors() {
        boolean areKnown = targets.length == 1
                && rotation == null
                && rows.size() <= MOST_WITH_ERRORS; // so it has a closed form, or is of classes
        if (errors == null && areKnown) {
            errors = areClasses ? ofLogOdds() : ofNumbers();
        }
        return errors;
    }

    private Errors ofNumbers() {
        double freedom =
                Math.max(1, whole.weight() - whole.variance(lambda(), 1, units).freedom());
        double[] fitted = all.outputs(rows, every());
        double squares = IntStream.range(0, fitted.length)
                .mapToDouble(i -> (weights == null ? 1 : weights[i]) * Math.pow(targets[0][i] - fitted[i], 2))
                .sum();
        return new Errors(whole.variance(lambda(), squares / freedom, units), whole.means(), freedom);
    }

    private Errors ofLogOdds() {
        double[] outputs = all.outputs(rows, every());
        double[] curvature = IntStream.range(0, outputs.length)
                .mapToDouble(i -> {
                    double p = 1 / (1 + Math.exp(-outputs[i]));
                    return (weights == null ? 1 : weights[i]) * p * (1 - p);
                })
                .toArray();
        Moments sums = Moments.of(rows, targets, curvature, every());
        double lambda = lambda() * rows.count() / sums.weight();
        return new Errors(sums.variance(lambda, 1, units), sums.means(), Double.NaN);
    }

    /** All penalties of a split, one split after another. */
    private void walkClosed(double... path) {
        List<Line[]> ofSplits = each(k -> {
            Moments sums = sums(splits.get(k).train());
            return Arrays.stream(path)
                    .mapToObj(lambda -> sums.solved(lambda, units))
                    .toArray(Line[]::new);
        });
        for (int i = 0; i < path.length; i++) {
            int at = i;
            note(path[at], ofSplits.stream().map(lines -> lines[at]).toArray(Line[]::new));
        }
    }

    /** All splits of a penalty, from the strongest on, each from where the one before it ended. */
    private void walk(double... path) {
        double[][] numbers = splits.stream().map(split -> start()).toArray(double[][]::new);
        int worse = 0;
        for (int i = 0; i < path.length && worse < WORSE; i++) {
            double lambda = path[i];
            note(
                    lambda,
                    each(k -> new Line[] {loss(splits.get(k).train(), lambda).minimised(FEW_STEPS, ENOUGH, numbers[k])})
                            .stream()
                            .map(lines -> lines[0])
                            .toArray(Line[]::new));
            worse = chosen(-1).lambda() == lambda ? 0 : worse + 1;
        }
    }

    /** Of these rows: all but the others, where those are fewer. */
    private Moments sums(int... which) {
        return 2 * which.length > rows.count()
                ? whole.minus(Moments.of(rows, targets, weights, others(which)))
                : Moments.of(rows, targets, weights, which);
    }

    private double[] start() {
        return new double[targets.length * (rows.size() + 1)];
    }

    private PenalisedLoss loss(int[] which, double lambda) {
        return new PenalisedLoss(rows, targets, weights, which, units, areClasses, lambda);
    }

    private List<Line[]> each(IntFunction<Line[]> task) {
        Line[][] all = new Line[splits.size()][];
        new ParallelLoop((k, n, thread) -> all[k] = task.apply(k)).run(all.length, Threads.limit());
        return List.of(all);
    }

    /** The rows that aren't among these, which ascend. */
    private int[] others(int... some) {
        return IntStream.range(0, rows.count())
                .filter(row -> Arrays.binarySearch(some, row) < 0)
                .toArray();
    }

    private void note(double lambda, Line... lines) {
        double[] errors = IntStream.range(0, lines.length)
                .mapToDouble(k -> error(lines[k], splits.get(k).test()))
                .toArray();
        tried.add(new Tried(lambda, lines, errors));
    }

    private double error(Line line, int... held) {
        double[] errors = errors(line.outputs(rows, held), held);
        return IntStream.range(0, held.length)
                .mapToDouble(i -> errors[i] * (weights == null ? 1 : weights[held[i]]))
                .sum();
    }

    private double[] errors(double[] outputs, int... of) {
        int size = targets.length;
        return IntStream.range(0, of.length)
                .mapToDouble(i -> error(of[i], Arrays.copyOfRange(outputs, i * size, (i + 1) * size)))
                .toArray();
    }

    /** The squared errors of these rows, or their log losses, by what a model says of them, one after another. */
    public double[] losses(double[] outputs, int... of) {
        if (!areClasses || targets.length > 1) {
            return errors(outputs, of);
        }
        double[] logOdds = IntStream.range(0, of.length)
                .mapToDouble(i -> outputs[2 * i + 1] - outputs[2 * i])
                .toArray();
        return errors(logOdds, of);
    }

    private double error(int row, double... z) {
        double sum = 0;
        if (!areClasses) {
            for (int k = 0; k < z.length; k++) {
                sum += (z[k] - targets[k][row]) * (z[k] - targets[k][row]);
            }
            return sum;
        }
        if (z.length == 1) {
            return Math.max(z[0], 0) - targets[0][row] * z[0] + Math.log1p(Math.exp(-Math.abs(z[0])));
        }
        double right = 0;
        for (int k = 0; k < z.length; k++) {
            sum += Math.exp(z[k]);
            right += targets[k][row] * z[k];
        }
        return Math.min(-Math.log(LEAST), Math.log(sum) - right);
    }

    /** The penalty with the least error on the rows that splits hold out, of all but one; −1 for all. */
    private Tried chosen(int without) {
        int spared = splits.size() > 1 ? without : -1;
        Tried best = tried.get(0);
        for (Tried next : tried) {
            best = next.error(spared) < best.error(spared) || Double.isNaN(best.error(spared)) ? next : best;
        }
        return best;
    }

    /** The penalty of the line of all rows, for the mean of their losses. */
    public double lambda() {
        return chosen(-1).lambda();
    }

    /** Its error for each row that splits hold out, and each output: squared, or the log loss. */
    public double meanError() {
        double held = splits.stream().mapToDouble(split -> split.test().length).sum();
        return chosen(-1).error(-1) / held / (areClasses ? 1 : targets.length);
    }

    /** The line of all rows. */
    public Line all() {
        return shaped(all);
    }

    /** The line of a split's training rows. */
    public Line of(int split) {
        return shaped(chosen(split).lines()[split]);
    }

    /** What that line says of the rows that the split holds out, one after another. */
    public double[] heldOut(int split) {
        return expanded(chosen(split).lines()[split])
                .outputs(rows, splits.get(split).test());
    }

    private Line shaped(Line line) {
        return expanded(rotation == null ? line : rotation.back(line));
    }

    /** Two classes have two outputs outside. */
    private Line expanded(Line line) {
        if (!areClasses || targets.length > 1) {
            return line;
        }
        return new Line(
                new double[][] {halved(-1, line.weights()[0]), halved(1, line.weights()[0])},
                new double[] {-line.constants()[0] / 2, line.constants()[0] / 2});
    }

    private static double[] halved(int sign, double... weights) {
        return Arrays.stream(weights).map(weight -> sign * weight / 2).toArray();
    }

    /**
     * Of fewer rows than terms, rows in as many dimensions as there are rows, which have the same products with each other: ridge regression is the same in any
     * orthonormal basis.
     */
    private static final class Rotation {

        private static final double JITTER = 1e-10;

        private final LinearRows given;
        private final double[] units;
        private final Cholesky factor;

        Rotation(LinearRows given, double... units) {
            this.given = given;
            this.units = units;
            int count = given.count();
            double[][] products = new double[count][];
            for (int i = 0; i < count; i++) {
                double[] row = new double[given.size()];
                given.add(i, 1, row);
                for (int j = 0; j < row.length; j++) {
                    row[j] = units[j] == 0 ? 0 : row[j] / units[j] / units[j];
                }
                products[i] = new double[count - i];
                for (int j = i; j < count; j++) {
                    products[i][j - i] = given.product(j, row);
                }
            }
            double mean =
                    Arrays.stream(products).mapToDouble(row -> row[0]).average().orElseThrow();
            Arrays.stream(products).forEach(row -> row[0] += JITTER * mean);
            this.factor = new Cholesky(products);
        }

        /** Numbers of unit 1, whatever their deviations are, as levels have. */
        LinearRows rows() {
            int count = given.count();
            double[] numbers = new double[Examples.numbers(count, count)];
            for (int i = 0; i < count; i++) {
                System.arraycopy(factor.row(i), 0, numbers, i * count, count);
            }
            return new LinearRows(count, new int[count], count, numbers, 0, new int[0]);
        }

        Line back(Line line) {
            double[][] weights = new double[line.constants().length][given.size()];
            for (int k = 0; k < weights.length; k++) {
                double[] ofRows = line.weights()[k].clone();
                factor.solveUpper(ofRows);
                for (int i = 0; i < ofRows.length; i++) {
                    given.add(i, ofRows[i], weights[k]);
                }
                for (int j = 0; j < weights[k].length; j++) {
                    weights[k][j] = units[j] == 0 ? 0 : weights[k][j] / units[j] / units[j];
                }
            }
            return new Line(weights, line.constants());
        }
    }
}
