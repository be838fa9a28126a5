package io.github.flux4j.internal.prepare;

import io.github.flux4j.fit.Unknown;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.Features;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Texts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * Fits the preparation to columns: a number less its median, by its quartiles' distance (by half its range where that is 0), softly clipped at 3;
 * a missing one is the mean. Texts are one-hot. Of columns that are found to be worth it, dates have their calendar and
 * texts their most frequent levels. Without scaling, numbers are as they are.
 */
final class PreparationFit {

    private static final double CLIP = 3;
    private static final int COSINES = 8;
    private static final int MOST_NUMBERS = 30;
    private static final int ROWS_A_NUMBER = 10;
    private static final int CHANCE = -2;

    /** The level that stands for a missing text where unknown ones are errors. */
    private static final String NO_TEXT = "";

    private final EstimatorSettings settings;
    private final int cosines;
    private final SplittableRandom random;

    private PreparationFit(List<Column> columns, EstimatorSettings settings) {
        this.settings = settings;
        this.cosines = cosines(columns);
        this.random = new SplittableRandom(Seed.mix(settings.get(EstimatorSetting.SEED), CHANCE));
    }

    static Preparation of(List<Column> columns, EstimatorSettings settings) {
        PreparationFit fit = new PreparationFit(columns, settings);
        return new Preparation(Features.of(columns.stream().map(fit::feature).toList()));
    }

    /** Unless it is said: where numbers are few, and rows many for each. */
    private int cosines(List<Column> columns) {
        int told = settings.get(EstimatorSetting.COSINES);
        if (!settings.get(EstimatorSetting.SCALE) || told != EstimatorSetting.AUTOMATIC) {
            return settings.get(EstimatorSetting.SCALE) ? told : 0;
        }
        long numbers = columns.stream().filter(Numbers.class::isInstance).count();
        return numbers <= MOST_NUMBERS && columns.get(0).size() >= ROWS_A_NUMBER * numbers ? COSINES : 0;
    }

    private Feature feature(Column column) {
        return column instanceof Numbers numbers ? number(numbers) : text((Texts) column);
    }

    private boolean isDerived(Column column) {
        return settings.get(EstimatorSetting.DERIVED)
                .getOrDefault(column.name(), Intake.Derived.NOT)
                .used();
    }

    /** Others than the frequent ones are one level, which bears no column's text as its name. */
    private TextFeature frequent(Texts column) {
        List<String> levels = new ArrayList<>(Intake.Derived.frequent(column));
        String typical = levels.get(0);
        String other = "other";
        while (column.counts().containsKey(other)) {
            other = "(" + other + ")";
        }
        levels.add(other);
        return new TextFeature(column.name(), levels, null, false, typical, true);
    }

    private TextFeature text(Texts column) {
        if (isDerived(column)) {
            return frequent(column);
        }
        List<String> levels = new ArrayList<>(column.counts().entrySet().stream()
                .filter(level -> level.getValue() > 0)
                .map(Map.Entry::getKey)
                .toList());
        boolean refusesUnknown = settings.get(EstimatorSetting.UNKNOWN) == Unknown.ERROR;
        boolean needsLevel = refusesUnknown && column.missing() > 0;
        if (needsLevel) {
            levels.add(NO_TEXT);
        }
        String typical = Collections.max(column.counts().entrySet(), Map.Entry.comparingByValue())
                .getKey();
        return new TextFeature(column.name(), levels, needsLevel ? NO_TEXT : null, refusesUnknown, typical, false);
    }

    private NumberFeature number(Numbers column) {
        double[] known = Examples.sorted(column);
        double mean = DoubleStream.of(known).average().orElseThrow();
        boolean isScaled = settings.get(EstimatorSetting.SCALE);
        double scale = isScaled ? 1 / spread(known) : 1;
        if (isScaled && !(scale > 0 && scale < Double.POSITIVE_INFINITY && Math.abs(mean) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("column " + Names.shown(column.name()) + ", from " + known[0] + " to "
                    + known[known.length - 1]
                    + ", is too wide to scale; use another unit, or drop it"
                    + " with Table.drop");
        }
        List<Double> frequencies = DoubleStream.generate(
                        () -> settings.get(EstimatorSetting.SIGMA) * Randomness.gaussian(random))
                .limit(cosines)
                .boxed()
                .toList();
        List<Double> phases = DoubleStream.generate(() -> 2 * Math.PI * random.nextDouble())
                .limit(cosines)
                .boxed()
                .toList();
        return new NumberFeature(
                column.name(),
                column.kind() == Numbers.Kind.DATE,
                mean,
                isScaled ? quantile(known, 0.5) : 0,
                scale,
                isScaled ? CLIP : Double.POSITIVE_INFINITY,
                frequencies,
                phases,
                column.format(),
                isDerived(column) || Intake.isCircle(column, settings),
                isScaled && settings.get(EstimatorSetting.CURVES) ? Curves.of(known) : null,
                false);
    }

    private static double spread(double... sorted) {
        double quartiles = quantile(sorted, 0.75) - quantile(sorted, 0.25);
        return quartiles > 0 ? quartiles : (sorted[sorted.length - 1] - sorted[0]) / 2;
    }

    /** Between the two nearest of sorted numbers linearly: definition 7 of Hyndman and Fan 1996. */
    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        return below + 1 < sorted.length
                ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below])
                : sorted[below];
    }
}
