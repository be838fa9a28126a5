package io.github.flux4j.format;

import static io.github.flux4j.format.ModelFileException.printable;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a network's outputs mean. Immutable; for any thread. */
public sealed interface Target permits Target.Numbers, Target.Classes {

    /** What stands for a model without a target: outputs are what they are. */
    Target NONE = new Numbers(List.of());

    /** What is predicted; empty where the file doesn't say. */
    List<String> names();

    /** Whether so many outputs can be this target's. */
    boolean fits(int outputs);

    /** How many numbers are predicted from so many outputs. */
    int size(int outputs);

    /** What all say, in the target's units. */
    default double[] result(double... mean) {
        return mean;
    }

    /**
     * A number that the network was taught as (y − mean)/std, or as (ln(1 + y) − mean)/std; no less than low and no more than high.
     *
     * @param format how the column's cells are written
     * @param isLog whether its logarithm was taught
     */
    record Scaled(String name, double mean, double std, double low, double high, ColumnFormat format, boolean isLog) {

        /** Written as usual. */
        public Scaled(String name, double mean, double std, double low, double high) {
            this(name, mean, std, low, high, ColumnFormat.NUMBER, false);
        }

        /** The number that an output means. */
        public double of(double output) {
            double number = output * std + mean;
            return Math.min(high, Math.max(low, isLog ? Math.expm1(number) : number));
        }
    }

    /** Numbers, one for each output. */
    record Numbers(List<Scaled> targets) implements Target {

        @Override
        public List<String> names() {
            return targets.stream().map(Scaled::name).toList();
        }

        @Override
        public boolean fits(int outputs) {
            return targets.isEmpty() || targets.size() == outputs;
        }

        @Override
        public int size(int outputs) {
            return outputs;
        }

        @Override
        public double[] result(double... mean) {
            for (int i = 0; i < targets.size(); i++) {
                mean[i] = targets.get(i).of(mean[i]);
            }
            return mean;
        }
    }

    /**
     * Probabilities of classes; of two, one output may give that of the second.
     *
     * @param positive the number of the class that a row is of from the threshold on
     * @param threshold of that class' probability, of two classes; NaN for the more probable one
     */
    record Classes(String name, List<String> classes, boolean areLogits, int positive, double threshold)
            implements Target {

        /** With its threshold. */
        public Classes {
            boolean isThreshold = threshold >= 0 && threshold <= 1 && classes.size() == 2 && (positive | 1) == 1;
            if (!Double.isNaN(threshold) && !isThreshold) {
                throw new IllegalArgumentException(
                        "a threshold must be from 0 to 1 and of one of two classes, but was " + threshold);
            }
        }

        /** Without a threshold. */
        public Classes(String name, List<String> classes, boolean areLogits) {
            this(name, classes, areLogits, 1, Double.NaN);
        }

        @Override
        public List<String> names() {
            return List.of(name);
        }

        @Override
        public boolean fits(int outputs) {
            return outputs == classes.size() || outputs == 1 && classes.size() == 2;
        }

        @Override
        public int size(int outputs) {
            return classes.size();
        }

        /** The number of the class that is taken: by the threshold, or whose probability is greatest, the first of several. */
        public int most(double... probabilities) {
            if (!Double.isNaN(threshold)) {
                return probabilities[positive] >= threshold ? positive : 1 - positive;
            }
            int most = 0;
            for (int i = 1; i < probabilities.length; i++) {
                most = probabilities[i] > probabilities[most] ? i : most;
            }
            return most;
        }
    }

    /**
     * Why a row's prediction is what it is: by how much each column moves it away from the background's mean, as Shapley values (Štrumbelj and Kononenko
     * 2014). The mean and all values add up to the prediction. {@code toString} is a line for each column, for people.
     *
     * @param name the target, or the class
     * @param isLogOdds whether numbers are log odds of that class against the rest, ln(p/(1 − p)), rather than in the target's units
     * @param background the background's mean
     * @param prediction of the row
     * @param values what each column adds, by its name, the largest first
     * @param errors the standard error of each value, from the orders in which columns were exchanged; 0 where order doesn't matter
     */
    record Explanation(
            String name,
            boolean isLogOdds,
            double background,
            double prediction,
            Map<String, Double> values,
            Map<String, Double> errors) {

        /** The probability that log odds mean: 1/(1 + e⁻ˣ). */
        public static double probability(double logOdds) {
            return 1 / (1 + Math.exp(-logOdds));
        }

        /** The same for people, with the row's values as they are given by the columns' names; those that aren't are passed over. */
        public String text(Map<String, ?> row) {
            String head = isLogOdds
                    ? "%s: %.4g, the background's mean %.4g, in log odds; probabilities %.3g and %.3g"
                    : "%s: %.4g, the background's mean %.4g";
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT,
                    head,
                    printable(name),
                    prediction,
                    background,
                    probability(prediction),
                    probability(background)));
            for (Map.Entry<String, Double> column : values.entrySet()) {
                Object value = row.get(column.getKey());
                text.append(String.format(
                        Locale.ROOT,
                        "%n  %-24s %-20s %+12.4g  (standard error %.1g)",
                        printable(column.getKey()),
                        value == null ? "" : printable(value.toString()),
                        column.getValue(),
                        errors.get(column.getKey())));
            }
            return text.toString();
        }

        @Override
        public String toString() {
            return text(Map.of());
        }
    }

    /** Which bounds of a number that is predicted hold with a probability: both together, or one alone. */
    enum Bounds {
        /** Low and high: the number lies between them. */
        BOTH,

        /** Low alone: the number is at least this. */
        AT_LEAST,

        /** High alone: the number is at most this. */
        AT_MOST;

        /** Infinite ones, which claim nothing. */
        public double[] unknown() {
            return switch (this) {
                case BOTH -> new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
                case AT_LEAST -> new double[] {Double.NEGATIVE_INFINITY};
                case AT_MOST -> new double[] {Double.POSITIVE_INFINITY};
            };
        }
    }
}
