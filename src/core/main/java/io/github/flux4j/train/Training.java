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

/**
 * The words of training: a pass over data, a single step, a gradient, an update. Each is for one thread at a time on one model; different models
 * train side by side in as many threads.
 */
public final class Training {

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

    /** As {@link #train(LossFunction, Layer, Iterable, Optimiser)}, with a loss bound to its model. */
    public static double train(Loss loss, Iterable<Batch> data, Optimiser optimiser) {
        return Pass.over(data, loss, optimiser, Pass.Onlooker.NONE);
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
        TrainingStep.prepare(loss, optimiser);
        INDArray gradient = optimiser.gradientBuffer();
        double value = loss.gradientOfStep(batch, gradient);
        if (Double.isFinite(value)) {
            TrainingStep.move(optimiser, gradient, value, 1);
        }
        return value;
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
     * The value of a formula over a model's predictions, features, targets and parameters, and its slopes by all of them, which SameDiff finds:
     * {@code withGradient(f -> f.predictions().sub(f.targets()).pow(2).mean().add(f.parameter("layers.0.weight").pow(2).sum().mul(0.01)), model, batch)}.
     * The models compute in training mode, by the engine lean. The graph is built anew for each call, in about 1 ms for a small
     * model, where a built-in loss takes 0.07 ms; the first call takes 0.1 s, and on a busy machine ND4J's threads may wait tens of milliseconds for each other
     * unless the environment has {@code OMP_WAIT_POLICY=passive}.
     *
     * @param formula gives a single number; called once
     * @throws IllegalArgumentException if it gives another shape, names a parameter that isn't there, or a model can't take what it is given
     */
    public static Differentiated withGradient(Function<Terms, SDVariable> formula, Layer model, Batch batch) {
        Objects.requireNonNull(formula, "formula is null");
        return new FormulaPass(model, batch).of(formula);
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
        throw new Stop();
    }

    /** Called from a loss of your own: goes on with the next batch, without an update for this one. */
    public static void skip() {
        throw new Skip();
    }

    /** Thrown by {@code stop()}: leaves the training loop. It carries nothing. */
    static final class Stop extends RuntimeException {

        private static final long serialVersionUID = 1;

        Stop() {
            super("training was stopped outside of a training loop", null, false, false);
        }
    }

    /** Thrown by {@code skip()}: goes on with the next batch. It carries nothing. */
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

    /** What a formula is of. For the thread that writes it down, while it does. */
    public interface Terms {

        /** The batch's features {@code [n, inputs]}. */
        SDVariable features();

        /** The batch's targets. */
        SDVariable targets();

        /** What the model gives for the features. */
        SDVariable predictions();

        /** What a model, this or another, gives for x {@code [n, inputs]}, computed in the formula. */
        SDVariable predictions(Layer model, SDVariable x);

        /** A parameter of the model by its path, such as {@code layers.0.weight}. */
        SDVariable parameter(String path);

        /** A parameter of another model. */
        SDVariable parameter(Layer model, String path);

        /** Numbers that nothing is derived by, such as noise. */
        SDVariable constant(INDArray value);

        /** Comes back with the result under this name; returns the value. */
        SDVariable keep(String name, SDVariable value);
    }

    /**
     * A formula's value and slopes.
     *
     * @param loss the value
     * @param model whose gradient {@link #gradient()} is
     * @param gradients of each model that took part; of one without parameters there is none
     * @param features the slopes by the batch's features, of their shape
     * @param kept what the formula kept, by name
     */
    public record Differentiated(
            double loss, Layer model, Map<Layer, Gradient> gradients, INDArray features, Map<String, INDArray> kept) {

        public Differentiated {
            gradients = Map.copyOf(gradients);
            kept = Map.copyOf(kept);
        }

        /** That of the model; {@code update(optimiser, model, gradient())} takes it. */
        public Gradient gradient() {
            return of(model);
        }

        /**
         * That of another model.
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
