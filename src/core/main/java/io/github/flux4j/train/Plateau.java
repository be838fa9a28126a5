package io.github.flux4j.train;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleSupplier;

/**
 * True once {@code width} scores in a row hardly differed from the one before; Flux's {@code plateau}.
 *
 * <p>A score hardly differs if {@code |distance(last, score)| < minDist}, by default {@code |last − score| < 10⁻⁶} (as a float).
 *
 * <p>Unlike Flux, where a NaN always differs, here it never does, and is not compared with: a model that is lost is on a plateau too.
 *
 * <p>For one thread.
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
     * Stops after so many hardly different scores in a row.
     *
     * @throws IllegalArgumentException if {@code width} is below 1
     */
    public static Plateau of(int width) {
        return new Plateau(new Streak("width", width), (last, score) -> last - score, Double.POSITIVE_INFINITY, 1e-6f);
    }

    /** How far a score is from the last, {@code distance.applyAsDouble(last, score)}; its sign doesn't matter. */
    public Plateau distance(DoubleBinaryOperator distance) {
        return new Plateau(streak.again(), Objects.requireNonNull(distance, "distance is null"), initScore, minDist);
    }

    /** The score before the first; +∞ unless told otherwise, so that the first always differs. */
    public Plateau initScore(double score) {
        return new Plateau(streak.again(), distance, score, minDist);
    }

    /** How far a score must be from the last to differ. */
    public Plateau minDist(double minDist) {
        return new Plateau(streak.again(), distance, initScore, minDist);
    }

    @Override
    public boolean test(double score) {
        double change = Math.abs(distance.applyAsDouble(last, score));
        last = Double.isNaN(score) ? last : score;
        return streak.reached(!(change >= minDist));
    }

    /** The same for a score that is worked out at every call. */
    public BooleanSupplier watching(DoubleSupplier score) {
        Objects.requireNonNull(score, "score is null");
        return () -> test(score.getAsDouble());
    }

    @Override
    public String toString() {
        return "plateau(" + streak + ")";
    }
}
