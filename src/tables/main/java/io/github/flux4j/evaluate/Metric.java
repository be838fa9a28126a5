package io.github.flux4j.evaluate;

import java.util.Objects;

/** How good predictions are, as one number; {@link Metrics} has them. Immutable, for any thread. */
public abstract sealed class Metric permits RegressionMetric, ClassificationMetric {

    private final String name;
    private final String label;
    private final boolean largerBetter;

    Metric(String name, String label, boolean largerBetter) {
        this.name = Objects.requireNonNull(name, "name is null");
        this.label = label;
        this.largerBetter = largerBetter;
    }

    /** Such as {@code rms}; each of {@link Metrics} has another. */
    public String name() {
        return name;
    }

    /** Its name in words, such as {@code root mean square error}. */
    public String label() {
        return label;
    }

    /** Whether a larger value is a better one, as for R²; else a smaller, as for an error. */
    public boolean isLargerBetter() {
        return largerBetter;
    }

    @Override
    public String toString() {
        return name;
    }
}
