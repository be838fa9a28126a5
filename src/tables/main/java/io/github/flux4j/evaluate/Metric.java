package io.github.flux4j.evaluate;

import java.util.Objects;

/** One number for how good predictions are; {@link Metrics} lists them. Immutable; safe for any thread. */
public abstract sealed class Metric permits RegressionMetric, ClassificationMetric {

    private final String name;
    private final String label;
    private final boolean largerBetter;

    Metric(String name, String label, boolean largerBetter) {
        this.name = Objects.requireNonNull(name, "name is null");
        this.label = label;
        this.largerBetter = largerBetter;
    }

    /** The unique name, such as {@code rms}. */
    public String name() {
        return name;
    }

    /** The name in words, such as {@code root mean square error}. */
    public String label() {
        return label;
    }

    /** Whether larger is better, as for R², or smaller, as for an error. */
    public boolean isLargerBetter() {
        return largerBetter;
    }

    @Override
    public String toString() {
        return name;
    }
}
