package io.github.flux4j.train;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleSupplier;

/**
 * True once {@code delay} scores in a row were no better than the best before; Flux's {@code early_stopping}. Lower is better.
 *
 * <pre>{@code
 * EarlyStopping stopping = earlyStopping(5);
 * do train(MSE, model, data, optimiser); while (!stopping.test(loss.of(xTest, yTest)));
 * }</pre>
 *
 * <p>A score is bad if {@code distance(best, score) < minDist}, by default {@code best − score < 0}: one that only equals the best is not
 * (for scores that no longer move there is {@link Plateau}). The best moves with any improvement, also one below {@code minDist}.
 *
 * <p>Unlike Flux, where a NaN is never bad and becomes the best, here it is bad and the best stays: a model that is lost should stop.
 *
 * <p>For one thread.
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
     * Stops after so many bad scores in a row.
     *
     * @throws IllegalArgumentException if {@code delay} is below 1
     */
    public static EarlyStopping of(int delay) {
        return new EarlyStopping(
                new Streak("delay", delay), (best, score) -> best - score, Double.POSITIVE_INFINITY, 0);
    }

    /** For scores of which the higher is better, accuracies say: the distance is {@code score − best}, the first best −∞. */
    public EarlyStopping higherIsBetter() {
        return new EarlyStopping(streak.again(), (best, score) -> score - best, Double.NEGATIVE_INFINITY, minDist);
    }

    /** How much better a score is than the best before, {@code distance.applyAsDouble(best, score)}. */
    public EarlyStopping distance(DoubleBinaryOperator distance) {
        return new EarlyStopping(
                streak.again(), Objects.requireNonNull(distance, "distance is null"), initScore, minDist);
    }

    /** The best score before the first; +∞ unless told otherwise, so that the first always improves on it. */
    public EarlyStopping initScore(double score) {
        return new EarlyStopping(streak.again(), distance, score, minDist);
    }

    /** How much better a score must be to be not bad; 0 unless told otherwise. */
    public EarlyStopping minDist(double minDist) {
        return new EarlyStopping(streak.again(), distance, initScore, minDist);
    }

    @Override
    public boolean test(double score) {
        double improvement = distance.applyAsDouble(best, score);
        best = improvement >= 0 ? score : best;
        return streak.reached(!(improvement >= minDist));
    }

    /** The same for a score that is worked out at every call. */
    public BooleanSupplier watching(DoubleSupplier score) {
        Objects.requireNonNull(score, "score is null");
        return () -> test(score.getAsDouble());
    }

    @Override
    public String toString() {
        return "earlyStopping(" + streak + ")";
    }
}
