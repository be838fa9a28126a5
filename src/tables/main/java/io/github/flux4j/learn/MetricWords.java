package io.github.flux4j.learn;

/** Metrics' names in words. */
final class MetricWords {

    private MetricWords() {}

    /** With a target's name before it where there are several. */
    static String name(String metric) {
        int before = metric.lastIndexOf(' ') + 1;
        return metric.substring(0, before) + word(metric.substring(before));
    }

    private static String word(String metric) {
        return switch (metric) {
            case "rms" -> "root mean square error";
            case "mae" -> "mean absolute error";
            case "r2" -> "R²";
            case "logLoss" -> "log loss";
            default -> metric;
        };
    }
}
