package io.github.flux4j.internal.prepare;

import io.github.flux4j.internal.csv.Names;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From which probability on a row is of a class, as text: {@code f1}, {@code recall 0.9}, {@code costs 10 1} (of a row of the class that is missed, and of
 * another taken for it) or the number itself; each may end with {@code of CLASS}.
 *
 * @param kind empty for a number
 * @param first the recall, the cost of a missed row, or the number
 * @param second the cost of a false alarm
 * @param of the class; null for the rarer one
 */
public record ThresholdRule(String kind, double first, double second, String of) {

    private static final String NUMBER = "(\\d+\\.?\\d*|\\.\\d+)";
    private static final Pattern TEXT = Pattern.compile(
            "(?:(f1)|(?:(recall)\\s+)?" + NUMBER + "|(costs)\\s+" + NUMBER + "\\s+" + NUMBER + ")(?:\\s+of\\s+(.+))?");

    /**
     * What a text says.
     *
     * @throws IllegalArgumentException if it is no rule
     */
    public static ThresholdRule of(String text) {
        Matcher rule = TEXT.matcher(text.strip());
        if (!rule.matches()) {
            throw refused(text);
        }
        if (rule.group(1) != null) {
            return new ThresholdRule("f1", 0, 0, rule.group(7));
        }
        if (rule.group(4) != null) {
            double missed = Double.parseDouble(rule.group(5));
            double alarm = Double.parseDouble(rule.group(6));
            return checked(missed > 0 && alarm > 0, new ThresholdRule("costs", missed, alarm, rule.group(7)), text);
        }
        double number = Double.parseDouble(rule.group(3));
        String kind = rule.group(2) == null ? "" : "recall";
        return checked(number <= 1, new ThresholdRule(kind, number, 0, rule.group(7)), text);
    }

    private static ThresholdRule checked(boolean isGood, ThresholdRule rule, String text) {
        if (!isGood) {
            throw refused(text);
        }
        return rule;
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("a threshold must be f1, recall 0.9, costs 10 1 (both above 0) or a"
                + " number from 0 to 1, each optionally followed by of CLASS, but was " + Names.shown(text));
    }

    /** Whether held-out rows decide. */
    public boolean isChosen() {
        return !kind.isEmpty();
    }

    /** The place of the class that it is of. */
    public int place(List<String> classes, int rarer) {
        if (classes.size() != 2 || of != null && !classes.contains(of)) {
            throw new IllegalArgumentException("a threshold needs two classes and belongs to one of them, but "
                    + (classes.size() == 2
                            ? Names.shown(of) + " is none of " + classes
                            : "there are " + classes.size()));
        }
        return of == null ? rarer : classes.indexOf(of);
    }

    /** How good it is to take so many rows of the class, and of others, for it; the larger, the better. */
    public double value(double hits, double alarms, double positives) {
        return switch (kind) {
            case "f1" -> 2 * hits / (hits + alarms + positives);
            case "recall" -> hits >= first * positives ? 1 : 0;
            default -> -(first * (positives - hits) + second * alarms);
        };
    }
}
