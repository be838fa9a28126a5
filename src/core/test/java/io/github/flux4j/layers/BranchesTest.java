package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.engine.Join;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.optimise.Optimiser;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Layers side by side beyond what {@link LayersTest} holds for all layers: values worked by hand, what fits and what doesn't, and large batches. Printing
 * is that of Flux's documentation.
 */
class BranchesTest {

    /** Sums of some hundred Float32 products of size one, in another order. */
    private static final double FLOAT32 = 1e-5;

    private static INDArray numbers(int rows, int columns) {
        double[] values = new SplittableRandom(rows * 31L + columns)
                .doubles((long) rows * columns, -1, 1)
                .toArray();
        return Tensors.of(DataType.FLOAT, values, rows, columns);
    }

    private static Dense given(double[][] weight, double... bias) {
        return dense(rows(weight), column(bias).reshape(bias.length), IDENTITY);
    }

    /** x = (1, 2): the left gives (1 + 2, 1 − 2) = (3, −1), the right (2·1, 3·2) = (2, 6). */
    @ParameterizedTest
    @CsvSource({"concat,  3 -1 2 6", "sum,     5 5", "product, 6 -6", "max,     3 6"})
    void aJoinIsWorkedByHand(String join, String expected) {
        Layer left = given(new double[][] {{1, 1}, {1, -1}}, 0, 0);
        Layer right = given(new double[][] {{2, 0}, {0, 3}}, 0, 0);
        Join named = List.of(CONCAT, SUM, PRODUCT, MAX).stream()
                .filter(known -> known.word().equals(join))
                .findFirst()
                .orElseThrow();

        assertThat(parallel(named, left, right).predict(1.0, 2.0))
                .containsExactly(Arrays.stream(expected.split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray());
    }

    @Test
    void aSkipConnectionAddsWhatTheLayerGot() {
        Layer doubled = given(new double[][] {{2}}, 1);
        assertThat(skipConnection(doubled, SUM).predict(3.0)).containsExactly(2 * 3 + 1 + 3);
    }

    @Test
    void columnsTakeTheirRangeAndEmbeddingOfAOneHotRowIsAColumnOfItsWeight() {
        Embedding categories = embedding(3, 2);
        categories.weight().assign(rows(new double[] {1, 2, 3}, new double[] {4, 5, 6}));
        Layer model = parallel(CONCAT, columns(0, 2), columns(2, 5, categories));

        assertThat(model.predict(7.0, 8.0, 0.0, 1.0, 0.0)).containsExactly(7, 8, 2, 5);
        assertThat(model.inputs()).isEqualTo(5);
        assertThat(outputSize(model, 5)).isEqualTo(4);
    }

    /** Of Flux's documentation of Parallel and Maxout, with the parameters' bytes alone. */
    @Test
    void printsAsFlux() {
        assertThat(parallel(SUM, dense(10, 2, TANH), dense(10, 2))).hasToString("""
                        Parallel(
                          +,
                          Dense(10 => 2, tanh),                 # 22 parameters
                          Dense(10 => 2),                       # 22 parameters
                        )                   # Total: 4 arrays, 44 parameters, 176 bytes.""");
        assertThat(maxout(dense(5, 7, TANH), dense(5, 7, TANH), dense(5, 7, TANH)))
                .hasToString("""
                        Maxout(
                          Dense(5 => 7, tanh),                  # 42 parameters
                          Dense(5 => 7, tanh),                  # 42 parameters
                          Dense(5 => 7, tanh),                  # 42 parameters
                        )                   # Total: 6 arrays, 126 parameters, 504 bytes.""");
        assertThat(chain(dense(8, 8, RELU), skipConnection(dense(8, 8), SUM), dense(8, 1)))
                .hasToString("""
                        Chain(
                          Dense(8 => 8, relu),                  # 72 parameters
                          SkipConnection(
                            Dense(8 => 8),                      # 72 parameters
                            +,
                          ),
                          Dense(8 => 1),                        # 9 parameters
                        )                   # Total: 6 arrays, 153 parameters, 612 bytes.""");
        assertThat(parallel(CONCAT, columns(0, 8), columns(8, 11, embedding(3, 2))))
                .hasToString("""
                        Parallel(
                          vcat,
                          Columns(0, 8),
                          Columns(
                            8, 11,
                            Embedding(3 => 2),                  # 6 parameters
                          ),
                        )""");
        assertThat(parallel(SUM, TANH, RELU)).hasToString("Parallel(+, tanh, relu)");
    }

    @Test
    void textMayLeaveOutInputsThatTheRowsSay() {
        assertThat(Layer.parse("chain(dense(8, 16, relu), skipConnection(chain(dense(4), dense(16)), sum), dense(1))")
                        .text())
                .isEqualTo(
                        "chain(dense(8, 16, relu), skipConnection(chain(dense(16, 4), dense(4, 16)), sum), dense(16, 1))");
        assertThat(Layer.parse("chain(parallel(concat, columns(0, 8), columns(8, 11, embedding(2))), dense(1))")
                        .text())
                .isEqualTo("chain(parallel(concat, columns(0, 8), columns(8, 11, embedding(3, 2))), dense(10, 1))");
        assertThat(Layer.parse("chain(columns(2, 5), dense(1))").text()).isEqualTo("chain(columns(2, 5), dense(3, 1))");
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsPlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parallel(SUM, dense(2, 3), dense(4, 3)))
                .withMessageStartingWith("branch 2, dense(4, 3), expects 4 inputs, but the branches receive 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parallel(SUM, dense(2, 3), dense(2, 4)))
                .withMessage("branches joined by sum must give as many columns each, but they give [3, 4]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> skipConnection(dense(2, 3), SUM))
                .withMessageContaining("[3, 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parallel(CONCAT, RELU, TANH))
                .withMessageContaining("none says how many columns it takes");
        assertThatIllegalArgumentException().isThrownBy(() -> parallel(SUM)).withMessage("pass at least one layer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> columns(3, 3))
                .withMessageStartingWith("columns(3, 3): from must be at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> columns(0, 2, dense(3, 1)))
                .withMessage("dense(3, 1) expects 3 inputs, but columns(0, 2) gives 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(dense(2, 3), columns(1, 5)))
                .withMessageStartingWith("layer 2, Columns(1, 5), expects at least 5 inputs, but Dense(2 => 3)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(columns(1, 5), dense(2, 1)).predict(1, 2, 3, 4, 5))
                .withMessageStartingWith("layer 2, Dense(2 => 1), expects 2 inputs, but Columns(1, 5)");
        Dense shared = dense(2, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parallel(SUM, shared, shared))
                .withMessageContaining("is in this parallel twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.parse("skipConnection(sum, dense(2, 2))"))
                .withMessageContaining("sum");
    }

    @Test
    void tooFewColumnsAreRefusedBeforeAnythingIsRead() {
        Layer some = columns(1, 5);
        assertThat(some.predict(1.0, 2, 3, 4, 5, 6)).containsExactly(2, 3, 4, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> some.predict(rows(new double[] {1, 2})))
                .withMessage("Columns(1, 5) expects at least 5 features per row, but the array has 2 (shape [1, 2])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> some.predict(new double[2], 1, new double[4]))
                .withMessage("Columns(1, 5) expects at least 5 features per row, but the array has 2 (shape [1, 2])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> some.predict(1.0, 2.0))
                .withMessageContaining("at least 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> outputSize(some, 4))
                .withMessageContaining("at least 5");
    }

    @Test
    void aJoinOfOnesOwnMayNotTakeAnothersName() {
        Join mean = new Layers.Mean();
        Join sum = (Join) Proxy.newProxyInstance(
                Join.class.getClassLoader(),
                new Class<?>[] {Join.class},
                (proxy, method, arguments) -> method.getName().equals("word") ? "sum" : method.invoke(mean, arguments));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parallel(sum, dense(1, 1)))
                .withMessage("there is a join named sum in the library; choose another name");
    }

    @Test
    void deeplearning4jRefusesByNameAtEveryDepth() {
        Chain deep =
                chain(dense(2, 2), chain(dense(2, 2), skipConnection(chain(dense(2, 2), maxout(dense(2, 2))), SUM)));
        assertThatThrownBy(() -> ForcedEngine.on("dl4j", deep))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it doesn't know SkipConnection(")
                .hasMessageContaining("MultiLayerNetwork has no branches");
        assertThatThrownBy(deep::network)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("can't run as a Deeplearning4j network: it doesn't know SkipConnection(");
        assertThat(deep.predict(1.0, 2.0)).hasSize(2);
    }

    /** A frozen part stays as it is, what is beside it moves. */
    @Test
    void aBranchCanBeFrozen() {
        seed(3);
        Dense still = dense(4, 4);
        Dense moving = dense(4, 4);
        Chain model = chain(parallel(SUM, still, moving), dense(4, 1));
        INDArray before = still.weight().dup();
        INDArray beside = moving.weight().dup();
        Optimiser optimiser = setup(adam(0.1), model);
        optimiser.freeze(still);
        train(MSE, model, List.of(batch(numbers(8, 4), numbers(8, 1))), optimiser);

        assertThat(still.weight()).isEqualTo(before);
        assertThat(moving.weight()).isNotEqualTo(beside);
    }

    /**
     * A batch so large that threads share its rows. BatchNorm within a branch looks at all of them: with the same numbers a chain of the same
     * layers gives the same gradient, in Float32 up to the order of sums.
     */
    @Test
    void aBatchNormWithinABranchSeesTheWholeBatch() {
        INDArray x = numbers(6000, 16);
        INDArray y = numbers(6000, 1);
        seed(5);
        Chain plain = chain(dense(16, 16), batchNorm(16, RELU), dense(16, 1));
        Chain branched = chain(parallel(SUM, chain(copy(plain.get(0)), copy(plain.get(1)))), copy(plain.get(2)));
        double[] expected =
                Tensors.toDoubles(withGradient(MSE, plain, x, y).gradient().flat());
        double[] actual =
                Tensors.toDoubles(withGradient(MSE, branched, x, y).gradient().flat());

        assertThat(actual).containsExactly(expected, within(FLOAT32));
    }

    /** Rows in shares, in training and in predicting: as one by one. */
    @Test
    void largeBatchesAreAsManySmallOnes() {
        seed(7);
        Chain model = chain(
                parallel(CONCAT, columns(0, 8, dense(8, 64, RELU)), columns(4, 16)),
                dense(76, 64, TANH),
                skipConnection(dense(64, 64, TANH), SUM),
                dense(64, 1));
        INDArray x = numbers(5000, 16);
        INDArray y = numbers(5000, 1);
        double[] whole =
                Tensors.toDoubles(withGradient(MSE, model, x, y).gradient().flat());
        double[] mean = new double[whole.length];
        for (int part = 0; part < 50; part++) {
            INDArray gradient = withGradient(MSE, model, some(x, part), some(y, part))
                    .gradient()
                    .flat();
            for (int i = 0; i < mean.length; i++) {
                mean[i] += gradient.getDouble(i) / 50;
            }
        }
        double[] predicted = Tensors.toDoubles(model.predict(x));
        double[] alone = IntStream.range(0, 50)
                .boxed()
                .flatMapToDouble(part -> Arrays.stream(Tensors.toDoubles(model.predict(some(x, part)))))
                .toArray();

        assertThat(whole).containsExactly(mean, within(FLOAT32));
        assertThat(predicted).containsExactly(alone, within(FLOAT32));
    }

    private static INDArray some(INDArray array, int part) {
        return array.get(NDArrayIndex.interval(part * 100L, part * 100L + 100), NDArrayIndex.all())
                .dup('c');
    }
}
