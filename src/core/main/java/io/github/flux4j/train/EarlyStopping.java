package io.github.flux4j.train;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleSupplier;

/**
 * Stops training once {@code delay} scores in a row were worse than the best before; lower is better. Flux's {@code early_stopping}.
 *
 * <pre>{@code
 * EarlyStopping stopping = earlyStopping(5);
 * do train(MSE, model, data, optimiser); while (!stopping.test(loss.of(xTest, yTest)));
 * }</pre>
 *
 * <p>A score is bad if {@code distance(best, score) < minDist}, by default {@code best − score < 0}; a score equal to the best is not bad ({@link Plateau}
 * stops at scores that no longer move). Any improvement becomes the new best, even one below {@code minDist}.
 *
 * <p>A NaN is bad and never becomes the best, so that a diverged model stops. In Flux a NaN is never bad and becomes the best. Not thread-safe.
 */
public final class EarlyStopping implements DoublePredicate {

    private final Streak streak;
    private final DoubleBinaryOperator distance;
    private final double initScore;
    private final double minDist;
    private double best;

    private EarlyStopping(Streak streak, DoubleBinaryOperator distance, double initScore, double minDist) {
        if (Double.isNaN(initScore) || Double.isNaN(minDist)) {
            throw new IllegalArgumentException(
                    "initScore and minDist must be numbers, but were " + initScore + " and " + minDist);
        }
        this.streak = streak;
        this.distance = distance;
        this.initScore = initScore;
        this.best = initScore;
        this.minDist = minDist;
    }

    /**
     * Stops after {@code delay} bad scores in a row.
     *
     * @throws IllegalArgumentException if {@code delay} is below 1
     */
    public static EarlyStopping of(int delay) {
        return new EarlyStopping(
                new Streak("delay", delay), (best, score) -> best - score, Double.POSITIVE_INFINITY, 0);
    }

    /** Expects scores where higher is better, such as accuracies: the distance is {@code score − best}, the first best −∞. */
    public EarlyStopping higherIsBetter() {
        return new EarlyStopping(streak.again(), (best, score) -> score - best, Double.NEGATIVE_INFINITY, minDist);
    }

    /** Sets how to compute a score's improvement, {@code distance.applyAsDouble(best, score)}; by default {@code best − score}. */
    public EarlyStopping distance(DoubleBinaryOperator distance) {
        return new EarlyStopping(
                streak.again(), Objects.requireNonNull(distance, "distance is null"), initScore, minDist);
    }

    /** Sets the best score before the first; by default +∞, so that the first always improves on it. */
    public EarlyStopping initScore(double score) {
        return new EarlyStopping(streak.again(), distance, score, minDist);
    }

    /** Sets the least improvement that isn't bad; 0 by default. */
    public EarlyStopping minDist(double minDist) {
        return new EarlyStopping(streak.again(), distance, initScore, minDist);
    }

    @Override
    public boolean test(double score) {
        double improvement = distance.applyAsDouble(best, score);
        best = improvement >= 0 ? score : best;
        return streak.reached(!(improvement >= minDist));
    }

    /** Computes the score at every call. */
    public BooleanSupplier watching(DoubleSupplier score) {
        Objects.requireNonNull(score, "score is null");
        return () -> test(score.getAsDouble());
    }

    @Override
    public String toString() {
        return "earlyStopping(" + streak + ")";
    }
}
