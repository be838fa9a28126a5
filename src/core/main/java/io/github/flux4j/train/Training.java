package io.github.flux4j.train;

import io.github.flux4j.data.Batch;
import io.github.flux4j.engine.ModelPort;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.State;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Gradient;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Params;
import io.github.flux4j.optimise.Rule;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Passes over data, single steps, gradients and updates. One thread at a time may train a model; threads may train different models concurrently. */
public final class Training {

    private Training() {}

    /**
     * Trains for one pass, in the article's style: params keep the state for the next pass with an equal rule, so the call may contain {@code adam()}. {@link
     * Params} says how to start anew.
     *
     * @return the mean of the batches' losses, each taken before its update
     * @throws DivergedException if a loss, its gradient or the step is not finite; parameters, running statistics and the rule's state are those before the
     *     batch
     * @throws IllegalArgumentException if the data is empty or doesn't fit the model, or loss and params belong to different models
     * @throws IllegalStateException if an array of a batch, or the parameters, were closed
     */
    public static double train(Loss loss, Params params, Iterable<Batch> data, Rule rule) {
        Objects.requireNonNull(loss, "loss is null");
        Objects.requireNonNull(params, "params is null");
        if (loss.model() != params.model()) {
            throw new IllegalArgumentException(
                    "the loss belongs to " + loss.model().inOneLine() + ", but the params to another model, "
                            + params.model().inOneLine()
                            + "; take both from one model: train(mse(model), params(model), …). To train a part only, freeze the rest: "
                            + "setup(rule, model).freeze(layer)");
        }
        return Pass.over(data, loss, params.optimiser(rule), Pass.Onlooker.NONE);
    }

    /**
     * Trains for one pass, in today's explicit style.
     *
     * @return the mean of the batches' losses, each taken before its update
     * @throws DivergedException if a loss, its gradient or the step is not finite; parameters, running statistics and the rule's state are those before the
     *     batch
     * @throws IllegalArgumentException if the data is empty or doesn't fit the model, or the optimiser belongs to another model
     * @throws IllegalStateException if an array of a batch, or the parameters, were closed
     */
    public static double train(LossFunction loss, Layer model, Iterable<Batch> data, Optimiser optimiser) {
        return train(new Loss(loss, model), data, optimiser);
    }

    /** Trains a bound loss for one pass; see {@link #train(LossFunction, Layer, Iterable, Optimiser)}. */
    public static double train(Loss loss, Iterable<Batch> data, Optimiser optimiser) {
        return Pass.over(data, loss, optimiser, Pass.Onlooker.NONE);
    }

    /**
     * Makes one step on one batch; a loss that isn't finite updates nothing.
     *
     * @return the loss before the step
     * @throws DivergedException if the loss is finite, but its gradient or the step is not; nothing is updated
     * @throws IllegalArgumentException if the batch doesn't fit the model, or the optimiser belongs to another model
     * @throws IllegalStateException if an array of the batch, or the parameters, were closed
     */
    public static double trainstep(Loss loss, Batch batch, Optimiser optimiser) {
        TrainingStep.prepare(loss, optimiser);
        return TrainingStep.on(loss, batch, TrainingStep.ALONE, optimiser);
    }

    /**
     * Computes a batch's loss in training mode and its gradient with respect to the model's parameters, which stay unchanged. As in Flux, running statistics of
     * batch normalisation move, if loss and gradient are finite.
     *
     * @throws IllegalArgumentException if x or y doesn't fit the model, is empty, or has a NaN or an infinity
     * @throws IllegalStateException if x or y, or the parameters, were closed
     * @throws ArithmeticException if loss and gradient are finite, but running statistics would overflow
     */
    public static WithGradient withGradient(Loss loss, INDArray x, INDArray y) {
        Layer model = Objects.requireNonNull(loss, "loss is null").model();
        INDArray flat = model.parameterCount() == 0 ? null : Tensors.zeros(model.dataType(), model.parameterCount());
        double value = loss.gradientOfStep(Batch.of(x, y), flat);
        ModelPort port = model.port();
        port.stepped(); // running statistics move here or not at all
        if (Double.isFinite(value) && port.keepsStatistics() && (flat == null || isFinite(flat))) {
            port.requireFiniteStatistics();
            State.change(model, port::commitStatistics);
        }
        return new WithGradient(value, new Gradient(model, flat));
    }

    /**
     * Computes a formula's value and its gradients by predictions, features, targets and parameters, with SameDiff: {@code withGradient(f ->
     * f.predictions().sub(f.targets()).pow(2).mean().add(f.parameter("layers.0.weight").pow(2).sum().mul(0.01)), model, batch)}.
     *
     * <p>Models compute in training mode on the engine lean. Each call builds a graph, in about 1 ms for a small model, where a built-in loss takes 0.07 ms;
     * the first call takes 0.1 s. On a busy machine set {@code OMP_WAIT_POLICY=passive}, or ND4J's threads may wait tens of milliseconds for each other.
     *
     * @param formula returns a single number; called once
     * @throws IllegalArgumentException if it returns another shape, names an unknown parameter, or gives a model features that don't fit
     */
    public static Differentiated withGradient(Function<Terms, SDVariable> formula, Layer model, Batch batch) {
        Objects.requireNonNull(formula, "formula is null");
        return new FormulaPass(model, batch).of(formula);
    }

    private static boolean isFinite(INDArray flat) {
        return DoubleStream.of(Tensors.toDoubles(flat)).allMatch(Double::isFinite);
    }

    /**
     * Updates a model's parameters by one step of the optimiser's rule; the gradient stays unchanged.
     *
     * @throws ArithmeticException if the gradient, or the step, is not finite; nothing is changed
     * @throws IllegalArgumentException if the optimiser or the gradient belongs to another model
     * @throws IllegalStateException if the gradient or the parameters were closed
     */
    public static void update(Optimiser optimiser, Layer model, Gradient gradient) {
        Objects.requireNonNull(optimiser, "optimiser is null").requireModel(model);
        Objects.requireNonNull(gradient, "gradient is null");
        if (gradient.model() != model) {
            throw new IllegalArgumentException(
                    "the gradient belongs to another model, " + gradient.model().inOneLine() + ", not to this "
                            + model.inOneLine() + "; take it from withGradient(loss, model, x, y)");
        }
        optimiser.step(gradient.flat());
    }

    /** Ends the training loop without an error; call it from a callback or your own loss. */
    public static void stop() {
        throw new Stop();
    }

    /** Skips this batch's update and goes on with the next batch; call it from your own loss. */
    public static void skip() {
        throw new Skip();
    }

    /** {@code stop()} throws it to leave the training loop. It carries nothing. */
    static final class Stop extends RuntimeException {

        private static final long serialVersionUID = 1;

        Stop() {
            super("training was stopped outside of a training loop", null, false, false);
        }
    }

    /** {@code skip()} throws it to go on with the next batch. It carries nothing. */
    static final class Skip extends RuntimeException {

        private static final long serialVersionUID = 1;

        Skip() {
            super("a batch was skipped outside of a training loop", null, false, false);
        }
    }

    /**
     * A loss and its gradient, Flux's {@code (val=, grad=)}.
     *
     * @param loss before any update
     * @param gradient with respect to each of the model's parameters
     */
    public record WithGradient(double loss, Gradient gradient) {}

    /** The terms of a formula. Use it only in the thread that builds the formula, while it does. */
    public interface Terms {

        /** Returns the batch's features {@code [n, inputs]}. */
        SDVariable features();

        /** Returns the batch's targets. */
        SDVariable targets();

        /** Returns the model's predictions for the features. */
        SDVariable predictions();

        /** Returns the predictions of this or another model for x {@code [n, inputs]}, computed in the formula. */
        SDVariable predictions(Layer model, SDVariable x);

        /** Returns a parameter of the model by its path, such as {@code layers.0.weight}. */
        SDVariable parameter(String path);

        /** Returns a parameter of another model by its path. */
        SDVariable parameter(Layer model, String path);

        /** Returns numbers without a gradient, such as noise. */
        SDVariable constant(INDArray value);

        /** Adds the value to the result under this name, and returns it. */
        SDVariable keep(String name, SDVariable value);
    }

    /**
     * A formula's value and gradients.
     *
     * @param loss the value
     * @param model the model that {@link #gradient()} belongs to
     * @param gradients one for each model that took part and has parameters
     * @param features the gradient by the batch's features, in their shape
     * @param kept what the formula kept, by name
     */
    public record Differentiated(
            double loss, Layer model, Map<Layer, Gradient> gradients, INDArray features, Map<String, INDArray> kept) {

        public Differentiated {
            gradients = Map.copyOf(gradients);
            kept = Map.copyOf(kept);
        }

        /** Returns the model's gradient, for {@code update(optimiser, model, gradient())}. */
        public Gradient gradient() {
            return of(model);
        }

        /**
         * Returns the gradient of another model.
         *
         * @throws IllegalArgumentException if it took no part or has no parameters
         */
        public Gradient of(Layer other) {
            Gradient gradient = gradients.get(other);
            if (gradient == null) {
                throw new IllegalArgumentException(
                        other.inOneLine() + " took no part in the formula, or has no parameters");
            }
            return gradient;
        }
    }
}
