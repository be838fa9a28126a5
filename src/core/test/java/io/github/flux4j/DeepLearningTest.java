package io.github.flux4j;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.optimise.Rule;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** As the article ends: add layers of nodes and activation functions, and you have deep learning. */
class DeepLearningTest {

    private static final INDArray XOR_X =
            rows(new double[] {0, 0}, new double[] {0, 1}, new double[] {1, 0}, new double[] {1, 1});
    private static final INDArray XOR_Y = column(0, 1, 1, 0);

    private static void train(Chain model, INDArray x, INDArray y, Rule rule, int epochs) {
        Loss loss = mse(model);
        List<Batch> data = List.of(batch(x, y));
        for (int epoch = 0; epoch < epochs; epoch++) {
            Flux4j.train(loss, params(model), data, rule);
        }
    }

    /** No line separates XOR, so a single layer can't do better than 0.5 everywhere. */
    @ParameterizedTest
    @CsvSource({"4, 1", "4, 2", "4, 3", "4, 4", "8, 1", "8, 2", "16, 1", "16, 2"})
    void aHiddenLayerLearnsXor(int width, long seed) {
        seed(seed);
        Chain model = chain(dense(2, width, TANH), dense(width, 1, SIGMOID));

        train(model, XOR_X, XOR_Y, descent(1), 400);

        assertThat(model.predict(XOR_X).toFloatVector()).containsExactly(XOR_Y.toFloatVector(), within(0.2f));
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void everyEngineLearnsXor(String engine) {
        seed(1);
        Chain model = ForcedEngine.on(engine, chain(dense(2, 4, TANH), dense(4, 1, SIGMOID)));

        train(model, XOR_X, XOR_Y, descent(1), 400);

        assertThat(model.predict(XOR_X).toFloatVector()).containsExactly(XOR_Y.toFloatVector(), within(0.2f));
    }

    @Test
    void withoutAHiddenLayerXorIsNotLearnt() {
        seed(1);
        Chain model = chain(dense(2, 1, SIGMOID));

        train(model, XOR_X, XOR_Y, descent(1), 400);

        // the best that can be had is 0.5 for all four, whose mse is 0.25
        assertThat(mse(model).of(XOR_X, XOR_Y)).isGreaterThan(0.2499);
    }

    /** The best straight line through a period has a mean squared error of 1/2 − 3/π² ≈ 0.196. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aHiddenLayerLearnsAPeriodOfASine(long seed) {
        double[] points =
                IntStream.rangeClosed(-16, 16).mapToDouble(i -> i / 8.0).toArray();
        INDArray x = column(points);
        INDArray y = column(
                DoubleStream.of(points).map(p -> Math.sin(Math.PI * p / 2)).toArray());
        seed(seed);
        Chain model = chain(dense(1, 16, TANH), dense(16, 1));

        train(model, x, y, descent(0.1), 1000);

        assertThat(mse(model).of(x, y)).isLessThan(0.01);
        assertThat(model.predict(1)[0]).isEqualTo(1, within(0.2));
        assertThat(model.predict(-1)[0]).isEqualTo(-1, within(0.2));
    }
}
