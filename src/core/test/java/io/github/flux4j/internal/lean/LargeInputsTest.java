package io.github.flux4j.internal.lean;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.backend.Backend;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Mode;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** More rows than are computed at once, and more numbers than an array has. */
class LargeInputsTest {

    /** So many that they are computed in several blocks, the last one shorter than others could be. */
    private static final int ROWS = 3001;

    /** Relative to numbers around 1: sums of up to 300 products in another order. */
    private static final double FLOAT_SUM = 1e-5;

    private static INDArray numbers(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(7);
        return of(rows, i -> {
            double[] row = new double[columns];
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextDouble(-1, 1);
            }
            return row;
        });
    }

    private static INDArray of(int rows, IntFunction<double[]> row) {
        double[][] all = new double[rows][];
        for (int i = 0; i < rows; i++) {
            all[i] = row.apply(i);
        }
        return rows(all);
    }

    private static Chain model() {
        seed(5);
        return chain(dense(6, 300, TANH), layerNorm(300), dropout(0.5), batchNorm(300), dense(300, 3, SOFTMAX));
    }

    private static void assertRowsAreThoseOfEachAlone(INDArray predictions, Layer model, INDArray x) {
        for (int i = 0; i < x.rows(); i += 250) {
            double[] alone = model.predict(x.getRow(i).toDoubleVector());
            assertThat(predictions.getRow(i).toDoubleVector())
                    .as("row %d", i)
                    .containsExactly(alone, within(FLOAT_SUM));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void predictionsOfManyRowsAreThoseOfEachAloneHoweverTheyLie(DataType type) {
        Layer model = Layer.copyAs(type, model());
        INDArray x = numbers(ROWS, 6);
        INDArray wide = numbers(ROWS, 9);
        INDArray strided = wide.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 7));

        assertRowsAreThoseOfEachAlone(model.predict(x), model, x);
        assertRowsAreThoseOfEachAlone(model.predict(x.dup('f')), model, x);
        assertRowsAreThoseOfEachAlone(model.predict(x.castTo(DataType.DOUBLE)), model, x);
        assertRowsAreThoseOfEachAlone(model.predict(strided), model, strided.dup('c'));
        INDArray part = x.get(NDArrayIndex.interval(1, ROWS), NDArrayIndex.all());
        assertRowsAreThoseOfEachAlone(model.predict(part), model, part.dup('c'));
    }

    @Test
    void predictionsIntoPlainArraysAreThoseOfAnArray() {
        Layer model = model();
        INDArray x = numbers(ROWS, 6);
        double[] expected = model.predict(x).data().asDouble();

        float[] floats = new float[ROWS * 3];
        model.predict(x.data().asFloat(), ROWS, floats);
        double[] doubles = new double[ROWS * 3];
        model.predict(x.data().asDouble(), ROWS, doubles);

        for (int i = 0; i < expected.length; i++) {
            assertThat((double) floats[i]).isEqualTo(expected[i]);
        }
        assertThat(doubles).isEqualTo(expected);
    }

    @Test
    @SuppressWarnings("try") // the scope is entered, not used
    void theNumberOfThreadsChangesNoBitOfManyPredictions() {
        Layer model = model();
        INDArray x = numbers(ROWS, 6);
        INDArray expected = model.predict(x);
        for (int threads : new int[] {1, 2, 3}) {
            try (Backend.Scope scope = Backend.threads(threads)) {
                assertThat(model.predict(x)).as("%d threads", threads).isEqualTo(expected);
            }
        }
    }

    /** In training mode batchNorm's statistics are those of all rows together: the DL4J engine, which doesn't divide, agrees. */
    @Test
    void rowsThatDependOnEachOtherAreNotDivided() {
        INDArray x = numbers(ROWS, 6).addi(column(ramp()));
        double[][] predictions = new double[2][];
        for (int i = 0; i < 2; i++) {
            seed(5);
            Chain model = ForcedEngine.on(ForcedEngine.ALL.get(i), chain(dense(6, 300), batchNorm(300), dense(300, 2)));
            model.setMode(Mode.TRAIN);
            predictions[i] = model.predict(x).dup('c').data().asDouble();
        }
        assertThat(predictions[0]).containsExactly(predictions[1], within(1e-4)); // sums over 3001 rows
    }

    private static double[] ramp() {
        double[] ramp = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            ramp[i] = i;
        }
        return ramp;
    }

    @Test
    void refusesPredictionsThatNoArrayHolds() {
        Layer wide = dense(1, 65536).withoutBias();
        assertThatThrownBy(() -> wide.predict(new float[65536], 65536, new float[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Dense(1 => 65536; bias=false) gives 65536 numbers per row, so predictions must have length "
                                + "4294967296, but has 0");
        INDArray x = zeros(65536);
        assertThatThrownBy(() -> wide.predict(x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Dense(1 => 65536; bias=false) gives 65536 numbers per row, which for 65536 rows are 4294967296, but "
                                + "an array can have at most 536870911; predict fewer rows at a time");
    }

    @Test
    void aBatchWithMoreNumbersBetweenLayersThanAnArrayHasIsRefusedAndChangesNothing() {
        Chain model = chain(dense(1, 65536), dense(65536, 1));
        INDArray before = model.flatParameters().dup();
        INDArray x = zeros(40000);
        assertThatThrownBy(() -> train(mse(model), params(model), List.of(batch(x, x)), descent()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a batch of 40000 rows would have 2621440000 numbers between two layers")
                .hasMessageContaining("batchSize");
        assertThat(model.flatParameters()).isEqualTo(before);
        assertThat(model.predict(zeros(600)).rows()).isEqualTo(600);
    }

    /** Takes some gigabytes. */
    @Tag("long")
    @Test
    void aModelHasNoMoreParametersThanAnArrayOfItsType() {
        Layer half = dense(1, 1 << 27); // as many again in its bias
        assertThatThrownBy(() -> f64(half))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Dense(1 => 134217728) would have 268435456 parameters, but a model can have at most 268435455 of type "
                                + "DOUBLE");
    }

    private static INDArray zeros(int rows) {
        return column(new double[rows]);
    }

    /** Larger than 2³¹ numbers between the layers, where sizes in 32 bits would be negative. */
    @Tag("long")
    @Test
    void predictsMoreRowsThanWouldFitBetweenLayers() {
        INDArray x = zeros(8_388_610);
        Dense last = dense(512, 1);
        Layer model = chain(dense(1, 512, RELU), last);
        last.bias().assign(3);
        INDArray predictions = model.predict(x);
        assertThat(predictions.minNumber().doubleValue()).isEqualTo(3);
        assertThat(predictions.maxNumber().doubleValue()).isEqualTo(3);
    }
}
