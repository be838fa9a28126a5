package io.github.flux4j.train;

import io.github.flux4j.arrays.Tensors;
import io.github.flux4j.data.Batch;
import io.github.flux4j.engine.OverflowException;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Parameter;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Gradient;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Params;
import io.github.flux4j.optimise.Rule;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One pass over data, in Flux's order of events for each batch: gradient, check that loss and gradient are finite, update, callback. */
public final class Training {

    /** In place of the number of a batch that isn't one of several. */
    private static final int ALONE = 0;

    private Training() {}

    /**
     * One pass, in the article's style. What the rule remembers is kept in params for the next pass with this rule or an equal one, so
     * {@code adam()} may be written in the call; {@link Params} says how to begin anew.
     *
     * @return the mean of the batches' losses, each taken before its update
     * @throws DivergedException if a loss, its gradient or the step is not finite; parameters, running statistics and the rule's state are
     *     then those before that batch
     * @throws IllegalArgumentException if the data is empty or doesn't fit the model, or loss and params are of different models
     * @throws IllegalStateException if an array of a batch, or the parameters, were closed
     */
    public static double train(Loss loss, Params params, Iterable<Batch> data, Rule rule) {
        Objects.requireNonNull(loss, "loss is null");
        Objects.requireNonNull(params, "params is null");
        if (loss.model() != params.model()) {
            throw new IllegalArgumentException(
                    "the loss is that of " + loss.model().inOneLine() + ", but the params are those of another model, "
                            + params.model().inOneLine()
                            + "; take both from one model: train(mse(model), params(model), …). To train a part only, freeze the rest: "
                            + "setup(rule, model).freeze(layer)");
        }
        return train(loss, data, params.optimiser(rule));
    }

    /**
     * One pass, in today's explicit style.
     *
     * @return the mean of the batches' losses, each taken before its update
     * @throws DivergedException if a loss, its gradient or the step is not finite; parameters, running statistics and the rule's state are
     *     then those before that batch
     * @throws IllegalArgumentException if the data is empty or doesn't fit the model, or the optimiser is another model's
     * @throws IllegalStateException if an array of a batch, or the parameters, were closed
     */
    public static double train(LossFunction loss, Layer model, Iterable<Batch> data, Optimiser optimiser) {
        return train(new Loss(loss, model), data, optimiser);
    }

    /**
     * One pass, with a loss bound to its model.
     *
     * @return the mean of the batches' losses, each taken before its update
     * @throws DivergedException if a loss, its gradient or the step is not finite; parameters, running statistics and the rule's state are
     *     then those before that batch
     * @throws IllegalArgumentException if the data is empty or doesn't fit the model, or the optimiser is another model's
     * @throws IllegalStateException if an array of a batch, or the parameters, were closed
     */
    public static double train(Loss loss, Iterable<Batch> data, Optimiser optimiser) {
        return pass(loss, data, optimiser, null, 1);
    }

    /** One pass with a callback after each batch. */
    static double pass(Loss loss, Iterable<Batch> data, Optimiser optimiser, Callback callback, int epoch) {
        Objects.requireNonNull(data, "data is null");
        prepare(loss, optimiser);
        optimiser.beginEpoch();
        double total = 0;
        int batches = 0;
        int steps = 0;
        try {
            for (Batch batch : data) {
                batches++;
                try {
                    double value = step(loss, batch, batches, optimiser);
                    total += value;
                    steps++;
                    if (callback != null) {
                        callback.after(new Progress(loss.model(), epoch, batches, value));
                    }
                } catch (SkipBatch skip) {
                    // the loss asked for the next batch
                }
            }
        } catch (StopTraining stop) {
            stop.meanLoss = total / steps;
            if (callback != null) {
                throw stop;
            }
            return stop.meanLoss;
        }
        if (batches == 0) {
            throw new IllegalArgumentException(
                    "there is no batch to train on: data is empty; pass List.of(batch(x, y)) or dataLoader(x, y)");
        }
        return total / steps;
    }

    private static double step(Loss loss, Batch batch, int number, Optimiser optimiser) {
        INDArray gradient = optimiser.gradientBuffer();
        double value = gradient(loss, batch, number, gradient);
        if (!Double.isFinite(value)) {
            throw new DivergedException(number, value, optimiser.rule(), nonFinite(loss.model()));
        }
        move(loss.model(), optimiser, gradient, value, number);
        return value;
    }

    private static void move(Layer model, Optimiser optimiser, INDArray gradient, double loss, int number) {
        try {
            model.requireFiniteStatistics();
            optimiser.step(gradient);
        } catch (OverflowException overflow) {
            throw new DivergedException(number, loss, optimiser.rule(), overflow);
        }
        model.commitStatistics();
    }

    /** A parameter that is not finite, and how; null if all are. */
    private static String nonFinite(Layer model) {
        for (Parameter parameter : model.trainables()) {
            for (double value : Tensors.toDoubles(parameter.values())) {
                if (!Double.isFinite(value)) {
                    return "a " + value + " in " + parameter.path();
                }
            }
        }
        return null;
    }

    /**
     * One step on one batch. If the loss is not finite, nothing is updated.
     *
     * @return the loss before the step
     * @throws DivergedException if the loss is finite, but its gradient or the step is not; nothing is updated
     * @throws IllegalArgumentException if the batch doesn't fit the model, or the optimiser is another model's
     * @throws IllegalStateException if an array of the batch, or the parameters, were closed
     */
    public static double trainstep(Loss loss, Batch batch, Optimiser optimiser) {
        prepare(loss, optimiser);
        INDArray gradient = optimiser.gradientBuffer();
        double value = gradient(loss, batch, ALONE, gradient);
        if (Double.isFinite(value)) {
            move(loss.model(), optimiser, gradient, value, 1);
        }
        return value;
    }

    private static void prepare(Loss loss, Optimiser optimiser) {
        Objects.requireNonNull(loss, "loss is null");
        Objects.requireNonNull(optimiser, "optimiser is null").requireModel(loss.model());
        loss.model().trainedWith(loss.function(), optimiser.rule());
    }

    private static double gradient(Loss loss, Batch batch, int number, INDArray gradient) {
        Objects.requireNonNull(batch, "a batch is null");
        Layer model = loss.model();
        if (batch.isOver()) {
            batch.requireOpen(name(number));
        }
        if (!batch.alreadyCheckedFor(model)) {
            check(loss.function(), model, batch, name(number));
        }
        INDArray weights = batch.weights();
        double value = model.program(batch.features())
                .gradient(
                        batch.featureOperand(),
                        batch.targetOperand(),
                        weights == null ? null : Tensors.toDoubles(weights),
                        loss.function(),
                        gradient);
        if (loss.isPenalised()) {
            loss.penalty().addGradient(model.flatParameters(), gradient);
            value += loss.penalty().of(model.flatParameters());
        }
        // as large as the model's type can say: beyond it the gradient overflows next, and an update would spoil the
        // parameters
        return model.dataType() == DataType.FLOAT && Double.isInfinite((float) value) ? (float) value : value;
    }

    private static String name(int batch) {
        return batch == ALONE ? "the batch" : "batch " + batch;
    }

    private static void check(LossFunction loss, Layer model, Batch batch, String what) {
        try {
            model.requireFeatures(batch.features(), what);
            requireTargets(loss, model, batch.features(), batch.targets(), what);
        } catch (RuntimeException unfit) {
            batch.alreadyCheckedFor(null);
            throw unfit;
        }
    }

    private static void requireTargets(LossFunction loss, Layer model, INDArray x, INDArray y, String what) {
        int outputs = model.outputSize(x.columns());
        if (y.rows() != x.rows() || y.columns() != outputs) {
            loss.requireSameShape(new long[] {x.rows(), outputs}, y.shape(), "the targets of " + what);
        }
    }

    /**
     * The loss of a batch in training mode and its gradient with respect to the model's parameters, which are not changed; only the
     * running statistics of batch normalisation move, as in Flux, if loss and gradient are finite.
     *
     * @throws IllegalArgumentException if x or y doesn't fit the model, is empty, or has a NaN or an infinity
     * @throws IllegalStateException if x or y, or the parameters, were closed
     * @throws ArithmeticException if loss and gradient are finite, but running statistics would overflow
     */
    public static WithGradient withGradient(Loss loss, INDArray x, INDArray y) {
        Layer model = Objects.requireNonNull(loss, "loss is null").model();
        INDArray flat = model.parameterCount() == 0 ? null : Tensors.zeros(model.dataType(), model.parameterCount());
        double value = gradient(loss, Batch.of(x, y), ALONE, flat);
        if (Double.isFinite(value) && model.keepsStatistics() && (flat == null || isFinite(flat))) {
            model.requireFiniteStatistics();
            model.commitStatistics();
        }
        return new WithGradient(value, new Gradient(model, flat));
    }

    private static boolean isFinite(INDArray flat) {
        return DoubleStream.of(Tensors.toDoubles(flat)).allMatch(Double::isFinite);
    }

    /**
     * Moves a model's parameters by one step of the optimiser's rule. The gradient is left as it was.
     *
     * @throws ArithmeticException if the gradient, or the step, is not finite; nothing is changed
     * @throws IllegalArgumentException if the optimiser or the gradient is another model's
     * @throws IllegalStateException if the gradient or the parameters were closed
     */
    public static void update(Optimiser optimiser, Layer model, Gradient gradient) {
        Objects.requireNonNull(optimiser, "optimiser is null").requireModel(model);
        Objects.requireNonNull(gradient, "gradient is null");
        if (gradient.model() != model) {
            throw new IllegalArgumentException(
                    "the gradient is that of another model, " + gradient.model().inOneLine() + ", not of this "
                            + model.inOneLine() + "; take it from withGradient(loss, model, x, y)");
        }
        optimiser.step(gradient.flat());
    }

    /** Called from a callback or a loss of your own: leaves the training loop, quietly. */
    public static void stop() {
        throw new StopTraining();
    }

    /** Called from a loss of your own: goes on with the next batch, without an update for this one. */
    public static void skip() {
        throw new SkipBatch();
    }

    /** Thrown by {@link #stop}. */
    static final class StopTraining extends RuntimeException {

        private static final long serialVersionUID = 1;

        /** Of the batches of the pass that was left. */
        double meanLoss = Double.NaN;

        StopTraining() {
            super("training was stopped outside of a training loop", null, false, false);
        }
    }

    /** Thrown by {@link #skip}. */
    static final class SkipBatch extends RuntimeException {

        private static final long serialVersionUID = 1;

        SkipBatch() {
            super("a batch was skipped outside of a training loop", null, false, false);
        }
    }
}
