package io.github.flux4j.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Scores for JSON, in which a number that isn't finite is null. */
public final class ScoresJson {

    private ScoresJson() {}

    /** A score, or null. */
    public static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** Scores by the metric's name. */
    public static Map<String, Object> of(Map<String, Double> scores) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        scores.forEach((name, value) -> numbers.put(name, number(value)));
        return numbers;
    }

    /** Scores of a yardstick, after its name; null if it has none. */
    public static Map<String, Object> of(String yardstick, Map<String, Double> scores) {
        if (yardstick.isEmpty()) {
            return null;
        }
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("name", yardstick);
        named.putAll(of(scores));
        return named;
    }
}
