package io.github.flux4j.format;

import static io.github.flux4j.format.ModelFileException.printable;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The meaning of a network's outputs. Immutable and thread-safe. */
public sealed interface Target permits Target.Numbers, Target.Classes {

    /** The target of a model without one: outputs stay as they are. */
    Target NONE = new Numbers(List.of());

    /** Returns the names of what is predicted; empty if the file has none. */
    List<String> names();

    /** Whether this target can have so many outputs. */
    boolean fits(int outputs);

    /** Returns how many numbers these outputs predict. */
    int size(int outputs);

    /** Converts the mean of all networks' answers, in the target's units, into the result. */
    default double[] result(double... mean) {
        return mean;
    }

    /**
     * A number that the network learnt as (y − mean)/std, or as (ln(1 + y) − mean)/std; predictions are clipped to low … high.
     *
     * @param format how the column's cells are written
     * @param isLog whether the network learnt the logarithm
     */
    record Scaled(String name, double mean, double std, double low, double high, ColumnFormat format, boolean isLog) {

        /** Makes a target in the usual format, without a logarithm. */
        public Scaled(String name, double mean, double std, double low, double high) {
            this(name, mean, std, low, high, ColumnFormat.NUMBER, false);
        }

        /**
         * Converts an output to a number; NaN stays NaN.
         *
         * @throws IllegalArgumentException if a double can't hold it
         */
        public double of(double output) {
            double number = output * std + mean;
            double bounded = Math.min(high, Math.max(low, isLog ? Math.expm1(number) : number));
            if (Double.isFinite(output) && !Double.isFinite(bounded)) {
                throw new IllegalArgumentException("the model makes " + bounded + " of its network's " + output
                        + "; fit and save the model again");
            }
            return bounded;
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
     * Probabilities of classes; for two classes, one output may give that of the second.
     *
     * @param positive the class that reaches the threshold, of two classes
     * @param threshold that class's least probability, of two classes; NaN to choose the more probable one
     */
    record Classes(String name, List<String> classes, boolean areLogits, int positive, double threshold)
            implements Target {

        /** Checks the threshold. */
        public Classes {
            boolean isThreshold = threshold >= 0 && threshold <= 1 && classes.size() == 2 && (positive | 1) == 1;
            if (!Double.isNaN(threshold) && !isThreshold) {
                throw new IllegalArgumentException(
                        "a threshold must be from 0 to 1 and of one of two classes, but was " + threshold);
            }
        }

        /** Makes classes without a threshold. */
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

        /** Returns the chosen class's number: by the threshold, or with the greatest probability, the first if several are equal. */
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
     * Why a row has its prediction: how far each column moves it from the background's mean, as Shapley values (Štrumbelj and Kononenko 2014).
     *
     * <p>The mean and all values add up to the prediction. {@code toString} prints a line per column.
     *
     * @param name the target, or the class
     * @param isLogOdds whether numbers are log odds of that class against the rest, ln(p/(1 − p)), rather than in the target's units
     * @param background the background's mean
     * @param prediction the row's
     * @param values each column's contribution, by its name, the largest first
     * @param errors each value's standard error from sampling orders of columns; 0 where order doesn't matter
     */
    record Explanation(
            String name,
            boolean isLogOdds,
            double background,
            double prediction,
            Map<String, Double> values,
            Map<String, Double> errors) {

        /** Converts log odds to a probability, 1/(1 + e⁻ˣ). */
        public static double probability(double logOdds) {
            return 1 / (1 + Math.exp(-logOdds));
        }

        /** Prints the explanation with the row's values, which may lack some columns. */
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

    /** The bounds of a predicted number that hold with a probability: both together, or one alone. */
    enum Bounds {
        /** Low and high: the number lies between them. */
        BOTH,

        /** Low alone: the number is at least this. */
        AT_LEAST,

        /** High alone: the number is at most this. */
        AT_MOST;

        /** Returns infinite bounds, which claim nothing. */
        public double[] unknown() {
            return switch (this) {
                case BOTH -> new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
                case AT_LEAST -> new double[] {Double.NEGATIVE_INFINITY};
                case AT_MOST -> new double[] {Double.POSITIVE_INFINITY};
            };
        }
    }
}
