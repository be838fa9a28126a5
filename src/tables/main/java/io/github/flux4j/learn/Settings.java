package io.github.flux4j.learn;

import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.Losses;
import io.github.flux4j.optimise.AdamW;
import io.github.flux4j.optimise.OptimiserChain;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.optimise.SignDecay;
import io.github.flux4j.optimise.WeightDecay;
import io.github.flux4j.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What an estimator is told. Nobody changes one that another has seen: {@link #with} changes a copy. */
final class Settings implements Cloneable {

    static final String NETWORK = "dense(64, relu), dropout(0.1), dense(64, relu), dropout(0.1), dense";

    /** In place of a number that is chosen when the rows are known. */
    static final int AUTOMATIC = -1;

    Network network = Network.of(NETWORK);
    Rule rule = new AdamW(0.001, 0.9, 0.999, 0.01, 1e-8, true);
    LossFunction loss;
    Schedule schedule;
    int epochs = 400;
    int batchSize = AUTOMATIC;
    int networks = AUTOMATIC;
    int patience = 40;
    double lambda;
    double alpha;
    long seed;
    boolean shuffled = true;
    boolean partial;
    boolean scaled = true;
    int cosines = AUTOMATIC;
    double sigma = 0.1;
    Set<String> keep = Set.of();
    Unknown unknown = Unknown.ZEROS;
    String weights;
    Map<String, Double> classWeights = Map.of();
    boolean balanced;
    double labelSmoothing;
    boolean yardstick = true;
    boolean restartsOnRuleChange;
    Table validation;
    Consumer<? super Epoch> progress = epoch -> {};

    static Settings regression() {
        return new Settings().with(s -> s.loss = Losses.MSE);
    }

    static Settings classification() {
        return new Settings().with(s -> s.loss = Losses.LOGITCROSSENTROPY);
    }

    /** A changed copy. */
    Settings with(Consumer<Settings> change) {
        try {
            Settings copy = (Settings) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** How many rows a batch has. */
    int batchSize(int rows) {
        return batchSize != AUTOMATIC ? batchSize : rows < 1200 ? 32 : rows < 3000 ? 64 : rows < 10_000 ? 128 : 256;
    }

    /** How many networks are trained; each share of the rows must have one. */
    int networks(int rows) {
        return networks == AUTOMATIC ? Team.networks(rows) : Math.min(networks, rows);
    }

    /** For so many rows. */
    Recipe recipe(int rows) {
        return new Recipe(
                loss,
                penalised(rows),
                schedule,
                lambda > 0,
                batchSize(rows),
                shuffled,
                partial,
                epochs,
                patience,
                seed);
    }

    /** The rule with MLJFlux's penalty before it, whose strength is divided by the number of batches. */
    private Rule penalised(int rows) {
        if (lambda == 0) {
            return rule;
        }
        double batches = Math.max(1, Math.ceil(rows / (double) batchSize(rows)));
        Rule l2 = new WeightDecay(2 * (1 - alpha) * lambda / batches);
        Rule l1 = new SignDecay(alpha * lambda / batches);
        return new OptimiserChain(
                alpha == 0 ? List.of(l2, rule) : alpha == 1 ? List.of(l1, rule) : List.of(l2, l1, rule));
    }
}
