package io.github.flux4j.internal.fit;

import io.github.flux4j.fit.Unknown;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.internal.line.LinearRows;
import io.github.flux4j.internal.line.Lines;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Intake.Derived;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import io.github.flux4j.table.Use;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Which dates become their calendar, too, and which texts of too many levels their most frequent ones: each by which the squared error of ridge
 * regression on held-out rows, for classes that of zeros and ones, falls by 2 % or more, and by three standard errors of its mean over rows. The
 * first ten columns are tried, one after another, in two thousand million multiplications at most.
 *
 * @param settings with what was found
 * @param data prepared by these
 */
public record Derivation(EstimatorSettings settings, Prepared data) {

    private static final int MOST_COLUMNS = 10;
    private static final double MOST_WORK = 2e9;
    private static final int FEWEST_FOLDS = 5;
    private static final double LEAST_FALL = 0.02;
    private static final double SURE = 3;
    private static final double PERCENT = 100;

    /** By a way to prepare the rows. */
    public static Derivation of(EstimatorSettings settings, Function<EstimatorSettings, Prepared> preparing) {
        Prepared usual = preparing.apply(settings);
        boolean wanted = settings.get(EstimatorSetting.DERIVE) && settings.get(EstimatorSetting.SCALE);
        Map<String, Derived> found = new LinkedHashMap<>();
        usual.intake().offered().stream()
                .filter(column -> wanted && isCandidate(column, settings))
                .limit(MOST_COLUMNS)
                .forEach(column -> found.put(column.name(), first(column)));
        if (found.isEmpty()) {
            return new Derivation(settings, usual);
        }
        Set<String> tried = new LinkedHashSet<>(found.keySet());
        tried.removeIf(name -> !found.get(name).used());
        Prepared all = preparing.apply(with(settings, found)).straight(settings);
        new Trial(all, tried).run(settings, found);
        EstimatorSettings decided = with(settings, found);
        return new Derivation(decided, preparing.apply(decided));
    }

    private static EstimatorSettings with(EstimatorSettings settings, Map<String, Derived> found) {
        return settings.with(EstimatorSetting.DERIVED, Map.copyOf(found));
    }

    private static boolean isCandidate(Column column, EstimatorSettings settings) {
        Use use = Use.of(column, settings.get(EstimatorSetting.KEEP).contains(column.name()));
        return use == Use.YEARS
                || use == Use.TOO_MANY_LEVELS && settings.get(EstimatorSetting.UNKNOWN) == Unknown.ZEROS;
    }

    /** Before it is tried: used if there is something to try. */
    private static Derived first(Column column) {
        boolean isText = column instanceof Texts;
        boolean tried = !isText || Derived.frequent((Texts) column).size() > 1;
        return new Derived(
                tried,
                tried ? "" : "dropped: " + texts(column) + ", too few of them in at least five rows to learn from");
    }

    private static String texts(Column column) {
        return String.format(Locale.ROOT, "%,d different texts", column.different());
    }

    /**
     * Ridge regression with and without the numbers of each, beside those that were found before it.
     *
     * @param without whose numbers are left aside
     */
    private record Trial(Prepared data, Set<String> without) {

        void run(EstimatorSettings settings, Map<String, Derived> found) {
            int folds = Math.max(FEWEST_FOLDS, settings.networks(data.learnt().count()));
            List<RowSplit> splits = Division.of(settings.with(EstimatorSetting.NETWORKS, folds), data)
                    .splits();
            LinearRows usual = rows("");
            double room = MOST_WORK - work(usual);
            double[] before = room < 0 ? new double[0] : errors(usual, splits);
            for (String name : List.copyOf(without)) {
                LinearRows more = rows(name);
                room -= work(more);
                Gain gain = room < 0 ? null : new Gain(before, errors(more, splits));
                found.put(name, decided(data.intake().table().column(name), gain));
                if (found.get(name).used()) {
                    without.remove(name);
                    before = gain.after();
                }
            }
        }

        private LinearRows rows(String column) {
            Table table = data.intake().table();
            return LinearRows.of(
                    data.preparation(),
                    table,
                    table,
                    (feature, place) -> feature.name().equals(column)
                            || !without.contains(feature.name())
                            || feature instanceof NumberFeature number && place >= number.curvedWidth());
        }

        /** Multiplications. */
        private static double work(LinearRows rows) {
            return (double) rows.count() * rows.places().length * rows.places().length;
        }

        /** The squared error of each row held out. */
        private double[] errors(LinearRows rows, List<RowSplit> splits) {
            double[][] targets = data.goal().scaled(data.intake().table());
            Lines lines = new Lines(rows, targets, data.learnt().weights(), false, splits);
            return IntStream.range(0, splits.size())
                    .mapToObj(
                            k -> errors(lines.heldOut(k), targets, splits.get(k).test()))
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
        }

        private static double[] errors(double[] predicted, double[][] targets, int... rows) {
            double[] errors = new double[rows.length];
            for (int i = 0; i < predicted.length; i++) {
                double off = predicted[i] - targets[i % targets.length][rows[i / targets.length]];
                errors[i / targets.length] += off * off;
            }
            return errors;
        }

        private static Derived decided(Column column, Gain gain) {
            boolean used = gain != null && gain.isSure();
            if (!(column instanceof Texts texts)) {
                return new Derived(used, used ? "as a number of years, season and weekday, " + gain : "");
            }
            int frequent = Derived.frequent(texts).size();
            if (used) {
                return new Derived(
                        true, "as " + (frequent + 1) + " columns: its most frequent texts and others, " + gain);
            }
            return new Derived(
                    false,
                    "dropped: " + texts(column) + "; its most frequent " + frequent
                            + (gain == null
                                    ? " were not tried: there are too many rows and columns"
                                    : " would not lower the error"));
        }
    }

    /** Of squared errors, row by row. */
    private record Gain(double[] before, double[] after) {

        double share() {
            return 1 - Arrays.stream(after).sum() / Arrays.stream(before).sum();
        }

        boolean isSure() {
            double[] falls = IntStream.range(0, after.length)
                    .mapToDouble(i -> before[i] - after[i])
                    .toArray();
            double mean = Arrays.stream(falls).average().orElse(0);
            double squares = Arrays.stream(falls)
                    .map(fall -> (fall - mean) * (fall - mean))
                    .sum();
            return share() >= LEAST_FALL && mean >= SURE * Math.sqrt(squares) / falls.length;
        }

        @Override
        public String toString() {
            return "which lower a linear model's error by " + Math.round(PERCENT * (1 - Math.sqrt(1 - share()))) + " %";
        }
    }
}
