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
 * Predicts one of two classes or more; made by {@code classifier()}. Classes are the texts of a column, or its numbers.
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

    /** With the usual settings. */
    public static Classifier of() {
        return new Classifier(EstimatorSettings.USUAL.with(EstimatorSetting.LOSS, Losses.LOGITCROSSENTROPY));
    }

    @Override
    Classifier of(EstimatorSettings changed) {
        return new Classifier(changed);
    }

    /**
     * With MLJFlux's defaults: {@code Short} with √(inputs·classes) hidden sigmoid units and dropout 0.5, Adam(0.001), 10 epochs, batches of one row,
     * consecutive and never shuffled, all rows, numbers as they are. Its softmax and crossentropy are {@code logitcrossentropy} here; texts become zeros
     * and ones, where MLJFlux has embeddings.
     */
    public Classifier mljFlux() {
        return asMljFlux(Learn.shortNet(0, 0.5));
    }

    @Override
    String kind() {
        return "classifier";
    }

    /** How much rows of a class count; 1 for those that aren't named. */
    public Classifier classWeights(Map<String, Double> weights) {
        return with(EstimatorSetting.CLASS_WEIGHTS, Map.copyOf(weights));
    }

    public Map<String, Double> classWeights() {
        return settings().get(EstimatorSetting.CLASS_WEIGHTS);
    }

    /** Lets all classes count the same together, however many rows each has. */
    public Classifier balanced() {
        return with(EstimatorSetting.BALANCED, true);
    }

    public boolean isBalanced() {
        return settings().get(EstimatorSetting.BALANCED);
    }

    /**
     * From which probability on a row is of a class of two, in place of the more probable one: {@code f1} for the greatest F1, {@code recall 0.9} for the greatest threshold with
     * this recall, {@code costs 10 1} where a missed row of the class costs 10 and another that is taken for it 1, or a number. All but a number are chosen
     * by held-out rows, each counting once. The class is the rarer one, or {@code f1 of yes}. It is kept in the model's file; {@code crossValidate} doesn't use it. Null for none.
     */
    public Classifier threshold(@Nullable String rule) {
        return with(EstimatorSetting.THRESHOLD, rule);
    }

    public @Nullable String threshold() {
        return settings().get(EstimatorSetting.THRESHOLD);
    }

    /** Spreads this share of each row's certainty over all classes in training (Szegedy and others 2016); 0 unless told otherwise. */
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
                    "a classifier has one target, but " + targets.length + " were named; fit one for each");
        }
        Intake intake = Intake.of(table, settings, targets);
        Classes goal = Classes.of(intake.table(), targets[0], settings);
        if (threshold() != null) {
            ThresholdRule rule = ThresholdRule.of(threshold());
            rule.place(goal.classes(), 0); // refuses what can't be
            if (rule.isChosen() && patience() == 0 && validation() == null) {
                throw new IllegalArgumentException("held-out rows choose a threshold, but with patience 0 there are"
                        + " none; give patience, validation rows, or a number");
            }
        }
        return Prepared.of(intake, goal, settings);
    }
}
