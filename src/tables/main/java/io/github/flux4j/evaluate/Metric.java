package io.github.flux4j.evaluate;

/** How good predictions are, as one number; {@link Metrics} has them. Immutable, for any thread. */
public sealed interface Metric permits RegressionMetric, ClassificationMetric {

    /** Such as {@code rms}; each of {@link Metrics} has another. */
    String name();

    /** Its name in words, such as {@code root mean square error}. */
    String label();

    /** Whether a larger value is a better one, as for R²; else a smaller, as for an error. */
    boolean isLargerBetter();
}
