package io.github.flux4j.learn;

import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.prepare.Classes;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Goal;
import io.github.flux4j.internal.prepare.Intake;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.internal.prepare.ThresholdRule;
import io.github.flux4j.losses.Losses;
import io.github.flux4j.table.Table;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model that predicts one of two or more classes; made by {@code classifier()}. {@link Estimator} says the defaults. Classes are the texts or numbers of the
 * target column. Immutable; safe for any thread.
 *
 * <pre>{@code
 * FittedClassifier iris = classifier().fit(Table.read(Path.of("iris.csv")), "species");
 * }</pre>
 *
 * <p>The probability of a class is the mean of the networks' probabilities.
 */
public final class Classifier extends Estimator<Classifier, FittedClassifier> {

    private Classifier(EstimatorSettings settings) {
        super(settings);
    }

    /** A classifier with the default settings. */
    public static Classifier of() {
        return new Classifier(EstimatorSettings.USUAL.with(EstimatorSetting.LOSS, Losses.LOGITCROSSENTROPY));
    }

    @Override
    Classifier of(EstimatorSettings changed) {
        return new Classifier(changed);
    }

    /**
     * Sets MLJFlux's defaults: {@code Short} with √(inputs·classes) hidden sigmoid units and dropout 0.5, Adam(0.001), 10 epochs, batches of one row in table order,
     * no held-out rows, unscaled numbers. {@code logitcrossentropy} stands for its softmax and crossentropy. Texts become zeros and ones, where MLJFlux has
     * embeddings.
     */
    public Classifier mljFlux() {
        return asMljFlux(Learn.shortNet(0, 0.5));
    }

    @Override
    String kind() {
        return "classifier";
    }

    /** Sets the weight of each class's rows; default 1 for each class. */
    public Classifier classWeights(Map<String, Double> weights) {
        return with(EstimatorSetting.CLASS_WEIGHTS, Map.copyOf(weights));
    }

    public Map<String, Double> classWeights() {
        return settings().get(EstimatorSetting.CLASS_WEIGHTS);
    }

    /** Gives all classes the same total weight, however many rows each has; off by default. */
    public Classifier balanced() {
        return with(EstimatorSetting.BALANCED, true);
    }

    public boolean isBalanced() {
        return settings().get(EstimatorSetting.BALANCED);
    }

    /**
     * Sets the probability at which a row counts as the rarer of two classes; default null, the more probable class wins. {@code f1} takes the threshold with the
     * highest F1, {@code recall 0.9} the highest with this recall. {@code costs 10 1} minimises the cost, 10 for a missed row of the class and 1 for a false alarm. A
     * number is the threshold itself; the others are chosen on the held-out rows, each counting once. {@code f1 of yes} names the class. The model file keeps the
     * threshold; {@code crossValidate} ignores it.
     */
    public Classifier threshold(@Nullable String rule) {
        return with(EstimatorSetting.THRESHOLD, rule);
    }

    public @Nullable String threshold() {
        return settings().get(EstimatorSetting.THRESHOLD);
    }

    /** Spreads this share of each row's certainty over all classes in training (Szegedy and others 2016); default 0. */
    public Classifier labelSmoothing(double share) {
        return with(EstimatorSetting.LABEL_SMOOTHING, share);
    }

    public double labelSmoothing() {
        return settings().get(EstimatorSetting.LABEL_SMOOTHING);
    }

    @Override
    FittedClassifier fitted(Trained trained) {
        return FittedClassifier.of(trained);
    }

    @Override
    Goal goal(Table known, String target) {
        return Classes.of(known, target, settings());
    }

    @Override
    Prepared prepared(EstimatorSettings settings, Table table, String... targets) {
        if (targets.length > 1) {
            throw new IllegalArgumentException(
                    "a classifier has one target, but " + targets.length + " were named; fit one classifier for each");
        }
        Intake intake = Intake.of(table, settings, targets);
        Classes goal = Classes.of(intake.table(), targets[0], settings);
        if (threshold() != null) {
            ThresholdRule rule = ThresholdRule.of(threshold());
            rule.place(goal.classes(), 0); // refuses what can't be
            if (rule.isChosen() && patience() == 0 && validation() == null) {
                throw new IllegalArgumentException(
                        "held-out rows choose the threshold, but with patience 0 there are none; set patience or validation rows, or give a number");
            }
        }
        return Prepared.of(intake, goal, settings);
    }
}
