package io.github.flux4j.train;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleSupplier;

/**
 * Stops training once {@code width} scores in a row differed by less than 10⁻⁶ from the one before; Flux's {@code plateau}.
 *
 * <p>{@link #minDist} and {@link #distance} change the test, {@code |distance(last, score)| < minDist}. A NaN counts as not differing, and the next score isn't
 * compared with it, so that a diverged model stops. In Flux a NaN always differs. Not thread-safe.
 */
public final class Plateau implements DoublePredicate {

    private final Streak streak;
    private final DoubleBinaryOperator distance;
    private final double initScore;
    private final double minDist;
    private double last;

    private Plateau(Streak streak, DoubleBinaryOperator distance, double initScore, double minDist) {
        if (Double.isNaN(initScore) || Double.isNaN(minDist)) {
            throw new IllegalArgumentException(
                    "initScore and minDist must be numbers, but were " + initScore + " and " + minDist);
        }
        this.streak = streak;
        this.distance = distance;
        this.initScore = initScore;
        this.last = initScore;
        this.minDist = minDist;
    }

    /**
     * Stops after {@code width} scores in a row that hardly differ.
     *
     * @throws IllegalArgumentException if {@code width} is below 1
     */
    public static Plateau of(int width) {
        return new Plateau(new Streak("width", width), (last, score) -> last - score, Double.POSITIVE_INFINITY, 1e-6f);
    }

    /**
     * Sets how to compute the difference from the last score, {@code distance.applyAsDouble(last, score)}, whose sign is ignored; by default {@code last −
     * score}.
     */
    public Plateau distance(DoubleBinaryOperator distance) {
        return new Plateau(streak.again(), Objects.requireNonNull(distance, "distance is null"), initScore, minDist);
    }

    /** Sets the score before the first; by default +∞, so that the first always differs. */
    public Plateau initScore(double score) {
        return new Plateau(streak.again(), distance, score, minDist);
    }

    /** Sets the least difference that counts; 10⁻⁶, as a float, by default. */
    public Plateau minDist(double minDist) {
        return new Plateau(streak.again(), distance, initScore, minDist);
    }

    @Override
    public boolean test(double score) {
        double change = Math.abs(distance.applyAsDouble(last, score));
        last = Double.isNaN(score) ? last : score;
        return streak.reached(!(change >= minDist));
    }

    /** Computes the score at every call. */
    public BooleanSupplier watching(DoubleSupplier score) {
        Objects.requireNonNull(score, "score is null");
        return () -> test(score.getAsDouble());
    }

    @Override
    public String toString() {
        return "plateau(" + streak + ")";
    }
}
