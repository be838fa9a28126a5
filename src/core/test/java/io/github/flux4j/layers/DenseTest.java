package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static io.github.flux4j.internal.arrays.Tensors.toDoubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class DenseTest {

    private static final float FLOAT_SUM = 1e-6f; // a handful of terms of size 1, Float32

    private static final INDArray W = rows(new double[] {1, 2, 3}, new double[] {4, 5, 6}); // [out, in] = [2, 3]
    private static final INDArray B = Nd4j.createFromArray(0.5f, -0.5f);

    @Test
    void outputHasOneRowPerExampleAndOneColumnPerOutput() {
        assertThat(dense(3, 2).predict(Nd4j.ones(DataType.FLOAT, 5, 3)).shape()).containsExactly(5, 2);
    }

    @Test
    void multipliesByTheWeightsTransposedAndAddsTheBias() {
        Dense model = dense(W, B, IDENTITY);

        // by hand: 1·1 + 2·0 + 3·(−1) + 0.5, 4·1 + 5·0 + 6·(−1) − 0.5
        assertThat(model.predict(1, 0, -1)).containsExactly(-1.5, -2.5);
        assertThat(model.predict(rows(new double[] {1, 0, -1}, new double[] {0, 1, 0}))
                        .toFloatMatrix())
                .isDeepEqualTo(new float[][] {{-1.5f, -2.5f}, {2.5f, 4.5f}});
    }

    @Test
    void appliesTheActivationToTheSum() {
        assertThat(dense(W, B, RELU).predict(1, 0, -1)).containsExactly(0, 0);
        assertThat(dense(W, B, TANH).predict(1, 0, -1)[0]).isCloseTo(Math.tanh(-1.5), within((double) FLOAT_SUM));
        assertThat(dense(W, B, SIGMOID).predict(1, 0, -1)[1])
                .isCloseTo(1 / (1 + Math.exp(2.5)), within((double) FLOAT_SUM));
    }

    @Test
    void copiesTheWeightsItIsGiven() {
        INDArray weight = W.dup();
        Dense model = dense(weight, B, IDENTITY);
        weight.assign(0);

        assertThat(model.weight()).isEqualTo(W).isNotSameAs(W);
        assertThat(model.bias()).isEqualTo(B).isNotSameAs(B);
    }

    @Test
    void withoutBiasIsALinearMap() {
        Dense model = dense(W, null, IDENTITY);

        assertThat(model.bias()).isNull();
        assertThat(model.predict(1, 0, -1)).containsExactly(-2, -2);
        assertThat(dense(3, 2, TANH).withoutBias().parameterCount()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1.7320508", "13, 1, 0.6546537", "2, 3, 1.0954451", "200, 100, 0.1414214"}) // √(6/(in + out))
    void startsGlorotUniformWithoutBias(int in, int out, double bound) {
        seed(11);
        Dense model = dense(in, out);

        assertThat(model.bias()).isEqualTo(Nd4j.zeros(DataType.FLOAT, out));
        assertThat(DoubleStream.of(toDoubles(model.weight())).boxed())
                .hasSize(in * out)
                .allMatch(w -> Math.abs(w) <= bound);
    }

    @Test
    void fillsTheGlorotIntervalEvenly() {
        seed(12);
        double[] weights = toDoubles(dense(200, 100).weight());
        double bound = Math.sqrt(6.0 / 300);

        // U[−x, x) of 20 000 numbers: mean 0 with deviation x/√(3n), variance x²/3 with deviation x²·√(4/45/n); five
        // deviations
        double mean = DoubleStream.of(weights).average().orElseThrow();
        double variance = DoubleStream.of(weights).map(w -> w * w).average().orElseThrow();
        assertThat(mean).isCloseTo(0, within(5 * bound / Math.sqrt(3.0 * weights.length)));
        assertThat(variance)
                .isCloseTo(bound * bound / 3, within(5 * bound * bound * Math.sqrt(4.0 / 45 / weights.length)));
    }

    @Test
    void repeatsItsFirstWeightsForASeed() {
        seed(7);
        Dense first = dense(3, 2);
        Dense second = dense(3, 2);
        seed(7);

        assertThat(toDoubles(dense(3, 2).weight())).isEqualTo(toDoubles(first.weight()));
        assertThat(toDoubles(dense(3, 2).weight())).isEqualTo(toDoubles(second.weight()));
        assertThat(first.weight()).isNotEqualTo(second.weight());
    }

    @Test
    void startsAsItsInitialiserSays() {
        Dense model = dense(2, 2).withInit((out, in, random) -> new double[] {1, 2, 3, 4});

        assertThat(model.weight().toFloatMatrix()).isDeepEqualTo(new float[][] {{1, 2}, {3, 4}});
    }

    @Test
    void weightAndBiasAreLive() {
        Dense model = dense(W, B, IDENTITY);
        model.weight().putScalar(0, 2, 0);
        model.bias().assign(0);

        assertThat(model.predict(1, 0, -1)).containsExactly(1, -2);
    }

    @Test
    void predictingLeavesTheFeaturesAsTheyWere() {
        INDArray x = rows(new double[] {1, -2, 3});
        dense(W, B, RELU).predict(x);

        assertThat(x).isEqualTo(rows(new double[] {1, -2, 3}));
    }

    static Stream<INDArray> layoutsOfOneArray() {
        INDArray x =
                rows(new double[] {1, 0, -1}, new double[] {0, 1, 0}, new double[] {2, -1, 3}, new double[] {4, 4, 1});
        INDArray strided =
                Nd4j.zeros(DataType.FLOAT, 8, 5).get(NDArrayIndex.interval(0, 2, 8), NDArrayIndex.interval(1, 4));
        strided.assign(x);
        INDArray offset = Nd4j.vstack(x.neg(), x).get(NDArrayIndex.interval(4, 8), NDArrayIndex.all());
        return Stream.of(
                x.dup('f'),
                x.transpose().dup('c').transpose(),
                strided,
                offset,
                x.castTo(DataType.DOUBLE),
                x.castTo(DataType.INT32),
                x.castTo(DataType.INT64).dup('f'),
                x.castTo(DataType.FLOAT16));
    }

    @ParameterizedTest
    @MethodSource("layoutsOfOneArray")
    void predictsTheSameForEveryLayoutAndTypeOfTheFeatures(INDArray x) {
        for (String engine : ForcedEngine.ALL) {
            Dense model = ForcedEngine.on(engine, dense(W, B, TANH));

            INDArray predictions = model.predict(x);
            assertThat(predictions.dataType()).isEqualTo(DataType.FLOAT);
            assertThat(toDoubles(predictions))
                    .as(engine)
                    .isEqualTo(toDoubles(model.predict(x.castTo(DataType.FLOAT).dup('c'))));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-1, 2", "2, -2147483648"})
    void sizesMustBeAtLeastOne(int in, int out) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(in, out))
                .withMessage("dense(" + in + ", " + out + "): both sizes must be at least 1");
    }

    @Test
    void saysHowToTurnFeaturesGivenAsARow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(1, 1).predict(rows(new double[] {0, 1, 2, 3, 4})))
                .withMessage("Dense(1 => 1) expects 1 feature per row, but the array has 5 (shape [1, 5])."
                        + " That is one example with 5 features; for 5 examples with one feature each pass a column,"
                        + " shape [5, 1]: column(…) or x.reshape(5, 1)");
    }

    @Test
    void saysHowToTurnFeaturesGivenAsColumns() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(3, 2).predict(Nd4j.ones(DataType.FLOAT, 3, 5)))
                .withMessage("Dense(3 => 2) expects 3 features per row, but the array has 5 (shape [3, 5])."
                        + " One example per row: pass x.transpose(), shape [5, 3]");
    }

    @Test
    void refusesAnotherNumberOfFeatures() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(784, 32).predict(Nd4j.ones(DataType.FLOAT, 64, 28)))
                .withMessage("Dense(784 => 32) expects 784 features per row, but the array has 28 (shape [64, 28])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(3, 2).predict(1, 2))
                .withMessage("Dense(3 => 2) expects 3 features per row, but the array has 2 (shape [1, 2])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(3, 2).predict(new float[0]))
                .withMessage("Dense(3 => 2) needs features to predict from; pass 3, those of one example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(3, 2).predict())
                .withMessage("Dense(3 => 2) needs features to predict from; pass 3, those of one example");
    }

    @Test
    void refusesPlainArraysOfOtherLengths() {
        Dense model = dense(3, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict(new double[8], 2, new double[4]))
                .withMessage("Dense(3 => 2) expects 3 features per row, but the array has 4 (shape [2, 4])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict(new double[7], 2, new double[4]))
                .withMessage("Dense(3 => 2) expects 3 features per row, but there are 7 numbers for 2 rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict(new double[3], 0, new double[2]))
                .withMessage("Dense(3 => 2) expects 3 features per row, but there are 3 numbers for 0 rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict(new float[6], 2, new float[3]))
                .withMessage("Dense(3 => 2) gives 2 numbers per row, so predictions must have length 4, but has 3");
    }

    @Test
    void predictsFromPlainArraysWhatItPredictsFromMatrices() {
        Dense model = dense(W, B, IDENTITY);
        double[] predictions = new double[4];
        float[] singles = new float[4];
        model.predict(new double[] {1, 0, -1, 0, 1, 0}, 2, predictions);
        model.predict(new float[] {1, 0, -1, 0, 1, 0}, 2, singles);

        assertThat(predictions).containsExactly(-1.5, -2.5, 2.5, 4.5); // by hand, as above
        assertThat(singles).containsExactly(-1.5f, -2.5f, 2.5f, 4.5f);
        assertThat(model.predict(new float[] {1, 0, -1})).containsExactly(-1.5f, -2.5f);
        assertThat(f64(model).predict(new float[] {1, 0, -1})).containsExactly(-1.5f, -2.5f);
    }

    @Test
    void refusesFeaturesThatAreNoMatrix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(1, 1).predict(column(1, 2, 3).reshape(3)))
                .withMessage("features must have shape [rows, columns], one example per row, but the shape is [3]."
                        + " For one example use reshape(1, 3), for one value per example reshape(3, 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(1, 1).predict(Nd4j.create(DataType.FLOAT, 0, 1)))
                .withMessage("there is no value in features (shape [0, 1]); pass at least one row");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWeightsThatAreNotFinite(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(rows(new double[] {1, value}), null, IDENTITY))
                .withMessage("weight must be finite, but row 0, column 1 is " + value
                        + ". Use weights of a training run that did not diverge");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(column(1, 2), Nd4j.createFromArray(0, value), IDENTITY))
                .withMessage("bias must be finite, but row 0, column 1 is " + value
                        + ". Use weights of a training run that did not diverge");
    }

    @Test
    void refusesWeightsOfShapesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(Nd4j.createFromArray(1f, 2f), null, IDENTITY))
                .withMessage("weight must have shape [out, in], both at least 1, but the shape is [2];"
                        + " for one output it is [1, in], for one input [out, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(Nd4j.create(DataType.FLOAT, 0, 2), null, IDENTITY))
                .withMessage("weight must have shape [out, in], both at least 1, but the shape is [0, 2];"
                        + " for one output it is [1, in], for one input [out, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(W, Nd4j.createFromArray(1f, 2f, 3f), IDENTITY))
                .withMessage(
                        "weight has shape [2, 3], so bias must have 2 elements, one per output, but the shape is [3];"
                                + " weight is [out, in], transpose it if it is [in, out]");
    }

    @Test
    void activationIsNeverNull() {
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> dense(1, 1, null))
                .withMessage("activation is null; use IDENTITY for none");
    }

    /** ND4J takes a 1×1 matrix for a number and a NaN as a number for 1e-5, so such sizes are the critical ones. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 1, 3", "1, 4, 1", "1, 4, 3", "4, 1, 1", "3, 2, 5"})
    void predictsNaNFromAWeightThatIsNaN(int in, int out, int examples) {
        for (String engine : ForcedEngine.ALL) {
            Chain model = ForcedEngine.on(engine, chain(dense(in, out), dense(out, 1)));
            params(model).get(0).putScalar(0, 0, Float.NaN);

            INDArray predictions = model.predict(Nd4j.ones(DataType.FLOAT, examples, in));
            assertThat(toDoubles(predictions)).as(engine).hasSize(examples).containsOnly(Double.NaN);
        }
    }

    @Test
    void f64ComputesInFloat64OnACopy() {
        Dense single = dense(W, B, TANH);
        Dense twin = f64(single);
        double[] x = {0.1, 0.2, -0.3};

        assertThat(twin.dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(twin.weight().dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(twin.weight()).isEqualTo(W.castTo(DataType.DOUBLE));
        // by hand: 1·0.1 + 2·0.2 − 3·0.3 + 0.5, in Float64
        double sum = 1 * 0.1 + 2 * 0.2 + 3 * -0.3 + 0.5;
        assertThat(twin.predict(x)[0]).isCloseTo(Math.tanh(sum), within(1e-15)); // Float64, four terms

        twin.weight().assign(0);
        assertThat(single.weight()).isEqualTo(W);
        assertThat(f32(twin).dataType()).isEqualTo(DataType.FLOAT);
    }

    @Test
    void weightsGivenInFloat64MakeAFloat64Layer() {
        assertThat(dense(W.castTo(DataType.DOUBLE), B, IDENTITY).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(dense(W.castTo(DataType.INT32), B, IDENTITY).dataType()).isEqualTo(DataType.FLOAT);
    }

    @Test
    void onlyFloat32AndFloat64AreModelTypes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.copyAs(DataType.FLOAT16, dense(1, 1)))
                .withMessage("a model's type must be FLOAT or DOUBLE, but was HALF");
    }

    @Test
    void refusesMoreParametersThanAnArrayHolds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dense(100_000, 100_000))
                .withMessage(
                        "dense(100000, 100000) would have 10000100000 parameters, but a model can have at most 536870911 of type FLOAT");
    }
}
