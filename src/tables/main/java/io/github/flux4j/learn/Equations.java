package io.github.flux4j.learn;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.Target;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.fit.Straight;
import io.github.flux4j.internal.line.Line;
import io.github.flux4j.internal.line.Lines;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A linear model in the table's units: numbers by their unit, texts against their most frequent level; of two classes the log odds of the second, of more the log
 * odds of each but for what all share.
 */
final class Equations {

    private static final double LEVEL = 0.975;
    private static final double NO_PENALTY = 1e-9;
    private static final List<String> SEASONS =
            List.of("season (cos)", "season (sin)", "half-year (cos)", "half-year (sin)");

    private final Straight straight;
    private final Lines lines;
    private final int[] places;
    private final double quantile;

    private Equations(Straight straight) {
        this.straight = straight;
        this.lines = straight.lines();
        this.places = straight.rows().places();
        double freedom = lines.freedom();
        this.quantile = Double.isNaN(freedom)
                ? new NormalDistribution().inverseCumulativeProbability(LEVEL)
                : new TDistribution(freedom).inverseCumulativeProbability(LEVEL);
    }

    /** One for each target, or class; one for two classes. */
    static List<Report.Equation> of(Straight straight) {
        return new Equations(straight).all();
    }

    private List<Report.Equation> all() {
        Line line = lines.all();
        if (!(straight.data().goal().target() instanceof Target.Classes classes)) {
            List<Target.Scaled> targets =
                    ((Target.Numbers) straight.data().goal().target()).targets();
            return IntStream.range(0, targets.size())
                    .mapToObj(k -> equation(
                            targets.get(k).isLog()
                                    ? "ln(1 + " + targets.get(k).name() + ")"
                                    : targets.get(k).name(),
                            targets.get(k).mean(),
                            targets.get(k).std(),
                            line.constants()[k],
                            line.weights()[k]))
                    .toList();
        }
        List<String> names = classes.classes();
        if (names.size() == 2) {
            double[] logOdds = IntStream.range(0, places.length)
                    .mapToDouble(j -> line.weights()[1][j] - line.weights()[0][j])
                    .toArray();
            double constant = line.constants()[1] - line.constants()[0];
            return List.of(equation("log odds of " + names.get(1), 0, 1, constant, logOdds));
        }
        return IntStream.range(0, names.size())
                .mapToObj(k -> equation("log odds of " + names.get(k), 0, 1, line.constants()[k], line.weights()[k]))
                .toList();
    }

    private Report.Equation equation(String of, double mean, double std, double constant, double... weights) {
        List<Report.Term> terms = new ArrayList<>();
        double[] zero = new double[places.length]; // where all numbers are 0, and texts at their most frequent level
        double sum = constant;
        int at = 0;
        for (Feature feature : straight.data().preparation().features().list()) {
            if (feature instanceof NumberFeature number) {
                addNumber(number, at, std, weights, zero, terms);
            } else {
                addLevels((TextFeature) feature, at, std, weights, zero, terms);
            }
            at += feature.width();
        }
        for (int j = 0; j < zero.length; j++) {
            sum += weights[j] * zero[j];
        }
        Report.Term base = term("", "", mean + std * sum, std * lines.errorAt(zero));
        return new Report.Equation(of, base, terms, note(base));
    }

    private String note(Report.Term base) {
        double lambda = lines.lambda();
        return lambda < NO_PENALTY
                ? ""
                : "a penalty, λ = " + Figures.short2(lambda)
                        + ", makes coefficients smaller"
                        + (Double.isNaN(base.error()) ? "" : "; their standard errors leave that bias out");
    }

    private void addNumber(
            NumberFeature number, int at, double std, double[] weights, double[] zero, List<Report.Term> terms) {
        for (int place = 0; place < number.width(); place++) {
            int term = Arrays.binarySearch(places, 0, straight.rows().dense(), at + place);
            if (term < 0) {
                continue;
            }
            boolean isNumber = place == number.curvedWidth();
            double unit = isNumber ? number.scale() : 1;
            zero[term] = isNumber ? -number.center() * number.scale() : 0;
            double[] contrast = new double[places.length];
            contrast[term] = 1;
            terms.add(term(
                    number.name(),
                    isNumber
                            ? ""
                            : place > number.curvedWidth()
                                    ? "missing"
                                    : calendar(number, place - (number.curve() == null ? 1 : 2)),
                    std * unit * weights[term],
                    std * unit * lines.error(contrast)));
        }
    }

    private static String calendar(NumberFeature number, int part) {
        if (!number.isDate()) {
            return part == 0 ? "time of day (cos)" : "time of day (sin)";
        }
        return part < SEASONS.size()
                ? SEASONS.get(part)
                : DayOfWeek.of(part - SEASONS.size() + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private void addLevels(
            TextFeature text, int at, double std, double[] weights, double[] zero, List<Report.Term> terms) {
        int dense = straight.rows().dense();
        int first = Arrays.binarySearch(places, dense, places.length, at);
        int base = first + text.levels().indexOf(text.typical());
        zero[base] = 1;
        for (int level = 0; level < text.levels().size(); level++) {
            if (first + level == base) {
                continue;
            }
            double[] contrast = new double[places.length];
            contrast[first + level] = 1;
            contrast[base] = -1;
            terms.add(term(
                    text.name(),
                    text.levels().get(level),
                    std * (weights[first + level] - weights[base]),
                    std * lines.error(contrast)));
        }
    }

    private Report.Term term(String column, String level, double estimate, double error) {
        return new Report.Term(
                column, level, estimate, error, estimate - quantile * error, estimate + quantile * error);
    }
}
