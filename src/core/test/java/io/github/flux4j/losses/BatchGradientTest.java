package io.github.flux4j.losses;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.State;
import io.github.flux4j.optimise.Optimiser;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The gradient of a batch into an array of the caller's, and the optimiser's step on it, as those who distribute training put them together. */
class BatchGradientTest {

    private static final INDArray X = rows(new double[][] {{1, -2}, {0.5, 3}, {-1, 0.25}});
    private static final INDArray Y = column(1, -1, 0.5);
    private static final INDArray WEIGHTS = column(1, 2, 0.5);

    private static Chain net() {
        seed(1);
        return chain(dense(2, 3, TANH), dense(3, 1));
    }

    private static INDArray room(Layer model) {
        return Nd4j.create(model.dataType(), model.parameterCount());
    }

    static Stream<Arguments> batchesOnEngines() {
        return ForcedEngine.ALL.stream()
                .flatMap(engine -> Stream.of(
                        Arguments.of(engine, batch(X, Y), Penalty.l2(0), DataType.FLOAT),
                        Arguments.of(engine, batch(X, Y, WEIGHTS), Penalty.l2(0), DataType.FLOAT),
                        Arguments.of(engine, batch(X, Y), Penalty.l1(0.1).plus(Penalty.l2(0.2)), DataType.FLOAT),
                        Arguments.of(engine, batch(X, Y, WEIGHTS), Penalty.l2(0.2), DataType.DOUBLE)));
    }

    @ParameterizedTest
    @MethodSource("batchesOnEngines")
    void gradientAndStepAreWhatTrainingDoes(String engine, Batch batch, Penalty penalty, DataType type) {
        Chain model = ForcedEngine.on(engine, type == DataType.DOUBLE ? f64(net()) : net());
        Chain twin = ForcedEngine.on(engine, copy(model));
        Optimiser optimiser = setup(adam(), model);
        Optimiser twins = setup(adam(), twin);
        Loss loss = mse(model).plus(penalty);
        INDArray into = room(model);
        for (int step = 0; step < 5; step++) {
            double value = loss.gradient(batch, into);
            optimiser.step(into);

            assertThat(train(mse(twin).plus(penalty), List.of(batch), twins)).isEqualTo(value);
        }

        assertThat(State.of(model)).isEqualTo(State.of(twin));
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void changesNothingOfTheModel(String engine) {
        Chain model = ForcedEngine.on(engine, chain(dense(2, 3), batchNorm(3), dense(3, 1)));
        State before = State.of(model);
        INDArray into = room(model);
        double value = mse(model).gradient(batch(X, Y), into);
        double[] once = Tensors.toDoubles(into);

        assertThat(State.of(model)).isEqualTo(before);
        assertThat(mse(model).gradient(batch(X, Y), into)).isEqualTo(value);
        assertThat(Tensors.toDoubles(into)).as("overwritten, not added to").isEqualTo(once);
    }

    /** The mean of two halves' gradients is the whole's, up to rounding; what workers of a cluster send. */
    @Test
    void gradientsOfHalvesAverageToTheWholes() {
        Chain model = f64(net());
        INDArray x = Nd4j.rand(DataType.DOUBLE, 6, 2);
        INDArray y = Nd4j.rand(DataType.DOUBLE, 6, 1);
        INDArray whole = room(model);
        INDArray first = room(model);
        INDArray second = room(model);
        mse(model).gradient(batch(x, y), whole);
        mse(model).gradient(batch(half(x, 0), half(y, 0)), first);
        mse(model).gradient(batch(half(x, 3), half(y, 3)), second);

        double[] mean = Tensors.toDoubles(first.add(second).div(2));
        assertThat(whole.equalsWithEps(Nd4j.createFromArray(mean), 1e-12)).isTrue(); // float64, sums of six terms
    }

    private static INDArray half(INDArray array, int from) {
        return array.get(NDArrayIndex.interval(from, from + 3), NDArrayIndex.all());
    }

    @Test
    void threadsThatShareAModelGetTheSame() {
        Chain model = net();
        INDArray expected = room(model);
        mse(model).gradient(batch(X, Y), expected);

        assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> {
                    INDArray into = room(model);
                    mse(model).gradient(batch(X, Y), into);
                    return into;
                }))
                .allMatch(expected::equals);
    }

    @Test
    void aPartOfALargerVectorWillDo() {
        Chain model = net();
        int n = model.parameterCount();
        INDArray large = Nd4j.create(DataType.FLOAT, 2 * n);
        INDArray expected = room(model);
        mse(model).gradient(batch(X, Y), expected);
        mse(model).gradient(batch(X, Y), large.get(NDArrayIndex.interval(n, 2 * n)));

        assertThat(large.get(NDArrayIndex.interval(n, 2 * n))).isEqualTo(expected);
        assertThat(large.get(NDArrayIndex.interval(0, n)).sumNumber().doubleValue())
                .isZero();
    }

    @Test
    void aModelWithoutParametersTakesNoArray() {
        INDArray column = column(1, 2);
        Loss loss = mse(chain(TANH)).plus(Penalty.l2(1));

        assertThat(loss.gradient(batch(column, column), null))
                .isEqualTo(MSE.of(chain(TANH).predict(column), column));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loss.gradient(batch(column, column), column(1).reshape(1)))
                .withMessageContaining("must be null, but had shape [1]");
    }

    @Test
    void aLossThatIsNotFiniteIsReturned() {
        Dense model = dense(2, 1);
        model.weight().assign(1e30);

        assertThat(mse(model).gradient(batch(X, Y), room(model))).isInfinite();
    }

    // what is refused

    static Stream<Arguments> unfitVectors() {
        Chain model = net();
        int n = model.parameterCount();
        INDArray wide = Nd4j.create(DataType.FLOAT, n, 2);
        return Stream.of(
                Arguments.of(null, "was null"),
                Arguments.of(Nd4j.create(DataType.FLOAT, n - 1), "had shape [12]"),
                Arguments.of(Nd4j.create(DataType.FLOAT, n + 1), "had shape [14]"),
                Arguments.of(Nd4j.create(DataType.DOUBLE, n), "type DOUBLE"),
                Arguments.of(Nd4j.create(DataType.INT32, n), "type INT"),
                Arguments.of(wide.getColumn(0), "strides [2]"));
    }

    @ParameterizedTest
    @MethodSource("unfitVectors")
    void anUnfitVectorIsRefused(INDArray vector, String message) {
        Chain model = net();
        String start =
                "the gradient of Chain(Dense(2 => 3, tanh), Dense(3 => 1)), which has 13 parameters, must be a vector of 13"
                        + " FLOAT numbers in contiguous memory, but ";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> mse(model).gradient(batch(X, Y), vector))
                .withMessageStartingWith(start)
                .withMessageContaining(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setup(descent(), model).step(vector))
                .withMessageStartingWith(start)
                .withMessageContaining(message);
    }

    @Test
    void theParametersThemselvesAreRefused() {
        Chain model = net();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> mse(model).gradient(batch(X, Y), model.flatParameters()))
                .withMessageContaining("was the parameters themselves");
    }

    @Test
    void closedArraysAreRefused() {
        Chain model = net();
        INDArray into = room(model);
        INDArray x = X.dup();
        Batch batch = batch(x, Y);
        x.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> mse(model).gradient(batch, into))
                .withMessageStartingWith("the features of the batch can't be used");
        into.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> mse(model).gradient(batch(X, Y), into))
                .withMessageStartingWith("the gradient can't be used");
        assertThatIllegalStateException()
                .isThrownBy(() -> setup(descent(), model).step(into))
                .withMessageStartingWith("the gradient can't be used");
        INDArray open = room(model);
        model.flatParameters().close();
        assertThatIllegalStateException()
                .isThrownBy(() -> mse(model).gradient(batch(X, Y), open))
                .withMessageStartingWith("the parameters of Chain(");
    }

    @Test
    void anUnfitBatchIsRefusedAsInTraining() {
        Chain model = net();
        INDArray into = room(model);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> mse(model).gradient(batch(Y, Y), into))
                .withMessageContaining("expects 2 features per row, but the batch has 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mse(model).gradient(batch(X, X), into, 7))
                .withMessageContaining("but the targets of batch 7 have shape [3, 2]");
        assertThatIllegalStateException()
                .isThrownBy(() -> mse(model).gradient(batch(X), into))
                .withMessageContaining("no targets");
        assertThatNullPointerException()
                .isThrownBy(() -> mse(model).gradient(null, into))
                .withMessage("a batch is null");
    }
}
