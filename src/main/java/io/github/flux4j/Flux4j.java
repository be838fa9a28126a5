package io.github.flux4j;

import io.github.flux4j.data.Batch;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.data.Randomness;
import io.github.flux4j.engine.Tensors;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.Losses;
import io.github.flux4j.optimise.Descent;
import io.github.flux4j.optimise.Gradient;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Params;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.train.Training;
import io.github.flux4j.train.WithGradient;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Flux's words, for {@code import static io.github.flux4j.Flux4j.*}. Each is described where it is done; this class only names them.
 *
 * <pre>{@code
 * Dense model = dense(1, 1);
 * Loss loss = mse(model);
 * train(loss, params(model), List.of(batch(x, y)), descent());
 * }</pre>
 */
public final class Flux4j {

    private Flux4j() {}

    /** {@link Activation#IDENTITY}. */
    public static final Activation IDENTITY = Activation.IDENTITY;

    /** {@link Activation#RELU}. */
    public static final Activation RELU = Activation.RELU;

    /** {@link Activation#TANH}. */
    public static final Activation TANH = Activation.TANH;

    /** {@link Activation#SIGMOID}. */
    public static final Activation SIGMOID = Activation.SIGMOID;

    /** {@link Losses#MSE}. */
    public static final LossFunction MSE = Losses.MSE;

    /** {@link Losses#MAE}. */
    public static final LossFunction MAE = Losses.MAE;

    /** Starts the generator of initial weights, shuffles and dropout again from a seed, for what is made afterwards. */
    public static void seed(long seed) {
        Randomness.seed(seed);
    }

    /**
     * A Float32 column, {@code [n, 1]}: n examples with one value each.
     *
     * @throws IllegalArgumentException if there is no value
     */
    public static INDArray column(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("column() needs at least one value");
        }
        return Tensors.of(DataType.FLOAT, values, values.length, 1);
    }

    /**
     * A Float32 matrix, {@code [n, columns]}: one example per row.
     *
     * @throws IllegalArgumentException if there is no value or the rows differ in length
     */
    public static INDArray rows(double[]... rows) {
        return Tensors.ofRows(DataType.FLOAT, rows);
    }

    /** {@link Dense#of(int, int, Activation)} without an activation: {@code y = x·Wᵀ + b}. */
    public static Dense dense(int in, int out) {
        return Dense.of(in, out, Activation.IDENTITY);
    }

    /** {@link Dense#of(int, int, Activation)}. */
    public static Dense dense(int in, int out, Activation activation) {
        return Dense.of(in, out, activation);
    }

    /** {@link Dense#of(INDArray, INDArray, Activation)}. */
    public static Dense dense(INDArray weight, INDArray bias, Activation activation) {
        return Dense.of(weight, bias, activation);
    }

    /** {@link Chain#of}. */
    public static Chain chain(Layer... layers) {
        return Chain.of(layers);
    }

    /** {@link Layer#copyAs}: a copy with Float64 parameters, which computes in Float64. */
    public static <L extends Layer> L f64(L model) {
        return Layer.copyAs(DataType.DOUBLE, model);
    }

    /** {@link Layer#copyAs}: a copy with Float32 parameters. */
    public static <L extends Layer> L f32(L model) {
        return Layer.copyAs(DataType.FLOAT, model);
    }

    /** {@link Losses#MSE} of a model's predictions. */
    public static Loss mse(Layer model) {
        return MSE.bind(model);
    }

    /** {@link Losses#MAE} of a model's predictions. */
    public static Loss mae(Layer model) {
        return MAE.bind(model);
    }

    /** {@link Descent} with Flux's learning rate, 0.1. */
    public static Descent descent() {
        return descent(0.1);
    }

    /** {@link Descent}. */
    public static Descent descent(double eta) {
        return new Descent(eta);
    }

    /** {@link Params#of}. */
    public static Params params(Layer model) {
        return Params.of(model);
    }

    /** {@link Optimiser}: the rule with fresh state for this model. */
    public static Optimiser setup(Rule rule, Layer model) {
        return new Optimiser(rule, model);
    }

    /** {@link Batch#of}: features, targets and, if examples count differently, weights. */
    public static Batch batch(INDArray... arrays) {
        return Batch.of(arrays);
    }

    /** {@link DataLoader#of}. */
    public static DataLoader dataLoader(INDArray... arrays) {
        return DataLoader.of(arrays);
    }

    /** {@link Training#train(Loss, Params, Iterable, Rule)}. */
    public static double train(Loss loss, Params params, Iterable<Batch> data, Rule rule) {
        return Training.train(loss, params, data, rule);
    }

    /** {@link Training#train(LossFunction, Layer, Iterable, Optimiser)}. */
    public static double train(LossFunction loss, Layer model, Iterable<Batch> data, Optimiser optimiser) {
        return Training.train(loss, model, data, optimiser);
    }

    /** {@link Training#withGradient}. */
    public static WithGradient withGradient(LossFunction loss, Layer model, INDArray x, INDArray y) {
        return Training.withGradient(loss, model, x, y);
    }

    /** {@link Training#withGradient} of a bound loss. */
    public static WithGradient withGradient(Loss loss, INDArray x, INDArray y) {
        return Training.withGradient(loss.function(), loss.model(), x, y);
    }

    /** {@link Training#update}. */
    public static void update(Optimiser optimiser, Layer model, Gradient gradient) {
        Training.update(optimiser, model, gradient);
    }
}
