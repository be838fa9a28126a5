package io.github.flux4j.learn;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.flux4j.backend.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * What an {@link Ablation} measured, and what follows from it.
 *
 * @param date of the last fit
 * @param tables by name
 * @param summary by variant, without the usual settings themselves
 */
record AblationResult(Environment environment, String date, Map<String, Judged> tables, Map<String, Summary> summary) {

    private static final double LEVEL = 0.95;

    /** As a ratio, what counts as worse. */
    private static final double WORSE = 1.02;

    /**
     * Where it was measured.
     *
     * @param commit the last one of main sources
     */
    record Environment(String commit, String java, String processor) {

        static Environment here() {
            return new Environment(
                    System.getProperty("flux4j.commit", "unknown"),
                    System.getProperty("java.runtime.version"),
                    Backend.environment().cpu().model());
        }
    }

    /** A table's errors, each on rows of a fold that the fit didn't see: rms of numbers, log loss of classes. */
    record Judged(boolean ofClasses, int rows, int columns, List<Fit> fits) {

        /** The ratios of a variant's values to those of the usual settings, seeds and folds being the same. */
        double[] ratios(String variant, ToDoubleFunction<Fit> value) {
            Map<List<Integer>, Double> usual = fits.stream()
                    .filter(fit -> fit.variant().equals(Ablation.USUAL))
                    .collect(Collectors.toMap(Fit::draw, value::applyAsDouble));
            return fits.stream()
                    .filter(fit -> fit.variant().equals(variant))
                    .mapToDouble(fit -> value.applyAsDouble(fit) / usual.get(fit.draw()))
                    .toArray();
        }

        /** A variant's errors over those of the usual settings. */
        Ratio error(String variant) {
            return Ratio.of(ratios(variant, Fit::error));
        }

        /** Their mean, of the usual settings. */
        double usualError() {
            return fits.stream()
                    .filter(fit -> fit.variant().equals(Ablation.USUAL))
                    .mapToDouble(Fit::error)
                    .average()
                    .orElseThrow();
        }
    }

    /** One fit. */
    record Fit(String variant, int seed, int fold, double error, double processorSeconds) {

        List<Integer> draw() {
            return List.of(seed, fold);
        }
    }

    /**
     * A geometric mean of ratios, with Student's 95 % interval of their logarithms.
     *
     * @param low null if there is one alone
     * @param high the same
     */
    record Ratio(int count, double mean, Double low, Double high) {

        /** Null if there are none. */
        static Ratio of(double... ratios) {
            int n = ratios.length;
            double[] logs = DoubleStream.of(ratios).map(Math::log).toArray();
            double mean = DoubleStream.of(logs).average().orElse(0);
            if (n < 2) {
                return n == 0 ? null : new Ratio(n, ratios[0], null, null);
            }
            double variance =
                    DoubleStream.of(logs).map(x -> (x - mean) * (x - mean)).sum() / (n - 1);
            double half = new TDistribution(null, n - 1).inverseCumulativeProbability((1 + LEVEL) / 2)
                    * Math.sqrt(variance / n);
            return new Ratio(n, Math.exp(mean), Math.exp(mean - half), Math.exp(mean + half));
        }

        private boolean isHigher() {
            return low != null && low > WORSE;
        }

        private boolean isLower() {
            return high != null && high < 1 / WORSE;
        }
    }

    /**
     * A variant's errors over those of the usual settings.
     *
     * @param regression over tables, each with the mean over its seeds and folds
     * @param classes the same
     * @param processorTime of both kinds
     * @param higher the tables with an interval over seeds and folds above +2 %
     * @param lower those where the usual settings' error is above the variant's by so much
     */
    record Summary(
            Ratio regression, Ratio classes, Ratio processorTime, Map<String, Ratio> higher, Map<String, Ratio> lower) {

        private static Summary of(String variant, Map<String, Judged> tables) {
            Function<Judged, Ratio> errors = table -> table.error(variant);
            return new Summary(
                    over(tables.values(), table -> !table.ofClasses(), errors),
                    over(tables.values(), Judged::ofClasses, errors),
                    over(
                            tables.values(),
                            table -> true,
                            table -> Ratio.of(table.ratios(variant, Fit::processorSeconds))),
                    those(tables, errors, Ratio::isHigher),
                    those(tables, errors, Ratio::isLower));
        }

        private static Ratio over(Collection<Judged> all, Predicate<Judged> which, Function<Judged, Ratio> ratio) {
            return Ratio.of(all.stream()
                    .filter(which)
                    .mapToDouble(table -> ratio.apply(table).mean())
                    .toArray());
        }

        private static Map<String, Ratio> those(
                Map<String, Judged> tables, Function<Judged, Ratio> ratio, Predicate<Ratio> which) {
            Map<String, Ratio> found = new LinkedHashMap<>();
            tables.forEach((name, table) -> {
                Ratio one = ratio.apply(table);
                if (which.test(one)) {
                    found.put(name, one);
                }
            });
            return found;
        }
    }

    /** Of these tables, each of which has fits of all variants. */
    static AblationResult of(Environment environment, String date, Map<String, Judged> tables) {
        Map<String, Summary> summary = new LinkedHashMap<>();
        Ablation.VARIANTS.keySet().stream()
                .filter(variant -> !variant.equals(Ablation.USUAL))
                .forEach(variant -> summary.put(variant, Summary.of(variant, tables)));
        return new AblationResult(environment, date, tables, summary);
    }

    static AblationResult read(Path file) throws IOException {
        return new Gson().fromJson(Files.readString(file), AblationResult.class);
    }

    /** Never leaves half of a file. */
    void write(Path file) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(whole, new GsonBuilder().setPrettyPrinting().create().toJson(this) + "\n");
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
