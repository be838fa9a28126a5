package io.github.flux4j.internal.fit;

import io.github.flux4j.data.Batch;
import io.github.flux4j.fit.Network;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.internal.prepare.Seed;
import io.github.flux4j.internal.records.RecordJson;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.layers.Chance;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Scale;
import io.github.flux4j.layers.Snapshot;
import io.github.flux4j.layers.State;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.optimise.AdamW;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.OptimiserChain;
import io.github.flux4j.optimise.OptimiserState;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.SignDecay;
import io.github.flux4j.optimise.WeightDecay;
import io.github.flux4j.train.DivergedException;
import io.github.flux4j.train.Training;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One of the networks that advance in step, with the rows that it is trained on and those left out. All chance of an epoch comes from the seed,
 * the member's number and the epoch's: so it doesn't matter which thread works, or whether training was interrupted before.
 */
public final class Member {

    /** Where a member stands after an epoch. */
    record Standing(State numbers, OptimiserState optimiser) {}

    private final int number;
    private final Recipe recipe;
    private final Layer network;
    private final Loss loss;
    private final Optimiser optimiser;
    private final Draws draws;
    private final LeftOut leftOut;
    private Snapshot best;
    private double meanLoss = Double.NaN;
    private double leftOutLoss = Double.NaN;
    private DivergedException failure;

    Member(int number, Recipe recipe, Network network, Examples examples, int[] rows, LeftOut leftOut) {
        this.number = number;
        this.recipe = recipe;
        this.network = within(0, () -> network.build(examples.inputs(), examples.outputs()));
        this.loss = new Loss(recipe.loss(), this.network);
        this.optimiser = optimiser();
        this.draws = new Draws(examples, rows, recipe.batchSize(), recipe.partial());
        this.leftOut = leftOut;
    }

    private <T> T within(int epoch, Supplier<T> action) {
        return Threads.within(1, () -> Randomness.within(Seed.mix(recipe.seed(), number, epoch), action));
    }

    private Optimiser optimiser() {
        Optimiser made = new Optimiser(recipe.rule(), network);
        withoutDecay(made);
        withInputRate(made);
        if (recipe.isBeside()) {
            Beside.freeze(made, network);
        }
        return recipe.schedule() == null ? made : made.perEpoch("eta", recipe.schedule());
    }

    private void withoutDecay(Optimiser made) {
        if (!recipe.decaysBiases() && hasDecay(recipe.rule())) {
            made.withoutDecayOfBiases();
        }
    }

    /** The inputs' factors learn faster, and decay as others do. */
    private void withInputRate(Optimiser made) {
        Layer seen = recipe.isBeside() ? Beside.network(network) : network;
        Scale factors = recipe.inputRate() > 0 ? InputLayers.factors(seen) : null;
        if (factors != null) {
            numbers(recipe.rule()).forEach((name, value) -> {
                switch (name) {
                    case "eta" -> made.adjust(factors, name, value * recipe.inputRate());
                    case "lambda" -> made.adjust(factors, name, value / recipe.inputRate());
                    default -> {}
                }
            });
        }
    }

    private static boolean hasDecay(Rule rule) {
        return rule instanceof AdamW
                || rule instanceof WeightDecay
                || rule instanceof SignDecay
                || rule instanceof OptimiserChain chain
                        && chain.rules().stream().anyMatch(Member::hasDecay);
    }

    /** Before a pass over its rows: what ends it before its next batch. */
    void until(BooleanSupplier stopping) {
        draws.until(stopping);
    }

    /** What share of the pass is done; for any thread. */
    double done() {
        return (double) draws.done() / draws.size();
    }

    /** Takes the losses as they are before training: of the batches in order, and of what is left out. */
    void begin() {
        meanLoss = within(0, this::lossOfBatches);
        judge();
    }

    private double lossOfBatches() {
        double sum = 0;
        for (Batch batch : draws) {
            sum += loss.of(batch.features(), batch.targets());
        }
        return sum / draws.size();
    }

    /** Trains for one epoch, counted from 1, and predicts what is left out. */
    void advance(int epoch) {
        try {
            meanLoss = within(epoch, this::pass);
            judge();
        } catch (DivergedException diverged) {
            failure = diverged;
        }
    }

    private double pass() {
        Chance.renew(network);
        if (recipe.shuffled()) {
            draws.shuffle(Randomness.next());
        }
        return Training.train(loss, draws, optimiser);
    }

    private void judge() {
        leftOutLoss = within(0, () -> leftOut.loss(network, recipe.loss()));
    }

    /** What became of it if its training diverged; null if it didn't. */
    DivergedException failure() {
        return failure;
    }

    /** The mean of the batches' losses of the last epoch, each before its update. */
    double meanLoss() {
        return meanLoss;
    }

    /** The sum of the losses of the rows left out, after the last epoch. */
    double leftOutLoss() {
        return leftOutLoss;
    }

    /** How many rows an epoch takes. */
    int rows() {
        return draws.rows();
    }

    /** Whether its last epoch was ended before its last batch. */
    boolean wasCut() {
        return draws.wasCut();
    }

    LeftOut leftOut() {
        return leftOut;
    }

    /** Keeps it as it is as the best so far. */
    void keep() {
        if (best == null) {
            best = new Snapshot(network);
        } else {
            best.take();
        }
    }

    /** The network at its best. */
    Layer best() {
        best.putBack();
        return network;
    }

    /** Where it stands, to go on from. */
    Standing standing() {
        return new Standing(State.of(network), optimiser.state());
    }

    /** Goes on from where the same member stood at the end of an earlier training. */
    void resume(Outcome earlier, int member) {
        Standing standing = earlier.standings().get(member);
        standing.numbers().loadInto(network);
        loadRule(standing.optimiser());
        best = new Snapshot(network);
        best.take(State.of(earlier.networks().get(member)));
        leftOut.restore(earlier.leftOut().get(member));
        meanLoss = earlier.losses().get(earlier.losses().size() - 1);
    }

    /** What the earlier rule remembers, if it is of the same kind, with the numbers of the rule of now. */
    private void loadRule(OptimiserState state) {
        Rule rule = recipe.rule();
        if (!rule.equals(state.rule())
                && (rule instanceof OptimiserChain
                        || rule.getClass() != state.rule().getClass())) {
            return;
        }
        optimiser.load(state);
        if (!rule.equals(state.rule())) {
            numbers(rule).forEach(optimiser::adjust);
            withoutDecay(optimiser);
            withInputRate(optimiser);
        }
    }

    /** The components of type double by name; none of a rule that is no record. */
    private static Map<String, Double> numbers(Rule rule) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        if (rule instanceof Record record) {
            RecordJson.PLAIN.of(record).forEach((name, value) -> {
                if (value instanceof Double number) {
                    numbers.put(name, number);
                }
            });
        }
        return numbers;
    }
}
