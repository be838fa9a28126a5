package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.engine.Kernel;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Described;
import io.github.flux4j.values.Parts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers of one's own; that they are as all others, LayersTest says. */
class KernelLayerTest {

    /** Float32's rounding of a few sums of numbers of size one. */
    private static final double FLOAT32 = 1e-5;

    /** The greater one of each pair of columns: half as many columns come out. */
    record Pairs() implements Kernel {

        @Override
        public int outputs(int columns) {
            return columns / 2;
        }

        @Override
        public void forward(Pass pass, double[] x, double[] y) {
            for (int i = 0; i < pass.rows() * pass.columns() / 2; i++) {
                y[i] = Math.max(x[2 * i], x[2 * i + 1]);
            }
        }

        @Override
        public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
            for (int i = 0; i < pass.rows() * pass.columns(); i++) {
                dx[i] = x[i] == y[i / 2] ? dy[i / 2] : 0;
            }
        }
    }

    /** {@code y = factor·x}, which says its factor in text. */
    record Times(double factor) implements Kernel, Described {

        @Override
        public Call call() {
            return new Call("times", List.of(new Call.Argument(null, factor)));
        }

        @Override
        public void forward(Pass pass, double[] x, double[] y) {
            for (int i = 0; i < pass.rows() * pass.columns(); i++) {
                y[i] = factor * x[i];
            }
        }

        @Override
        public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
            for (int i = 0; i < pass.rows() * pass.columns(); i++) {
                dx[i] = factor * dy[i];
            }
        }
    }

    static List<String> engines() {
        return ForcedEngine.ALL;
    }

    private static Chain halving() {
        seed(5);
        return chain(dense(2, 6, TANH), Layer.of("pairs", new Pairs()), dense(3, 1));
    }

    /** By hand: the same weights, the greater of each pair taken in Java. */
    @ParameterizedTest
    @MethodSource("engines")
    void mayChangeTheWidth(String engine) {
        Chain model = ForcedEngine.on(engine, halving());
        INDArray x = rows(new double[] {0.5, -1}, new double[] {1, 2}, new double[] {-0.25, 0.75});
        double[] inner = Tensors.toDoubles(activations(model, x).get(0));
        double[] weights = Tensors.toDoubles(((Dense) model.get(2)).weight());
        double[] expected = new double[3];
        for (int i = 0; i < 9; i++) {
            expected[i / 3] += weights[i % 3] * Math.max(inner[2 * i], inner[2 * i + 1]);
        }

        assertThat(outputSize(model, 2)).isEqualTo(1);
        assertThat(outputSize(model.get(1), 6)).isEqualTo(3);
        assertThat(Tensors.toDoubles(model.predict(x))).containsExactly(expected, within(FLOAT32));
    }

    @Test
    void enginesAgreeOnItsTraining() {
        INDArray x = rows(new double[] {0.5, -1}, new double[] {1, 2}, new double[] {-0.25, 0.75});
        List<double[]> trained = ForcedEngine.ALL.stream()
                .map(engine -> {
                    Chain model = ForcedEngine.on(engine, halving());
                    for (int i = 0; i < 5; i++) {
                        train(mse(model), params(model), List.of(batch(x, column(1, 2, 3))), descent(0.1));
                    }
                    return Tensors.toDoubles(model.flatParameters());
                })
                .toList();
        assertThat(trained.get(0)).containsExactly(trained.get(1), within(FLOAT32));
    }

    @Test
    void neighboursMustFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain(dense(2, 4), Layer.of("gate", new Layers.Gate(3))))
                .withMessageStartingWith("layer 2, gate, expects 3 inputs, but Dense(2 => 4) before it gives 4");
    }

    @Test
    void aKernelMaySayItsNumbersInText() {
        Parts parts = Parts.of()
                .word(Layer.class, "times", arguments -> Layer.of("times", new Times(arguments.number("factor"))));
        Layer model = chain(dense(1, 2), Layer.of("times", new Times(3)));
        assertThat(model.text()).isEqualTo("chain(dense(1, 2), times(3))");
        assertThat(Layer.parse(model.text(), parts).structure()).isEqualTo(model.structure());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.parse("times(three)", parts))
                .withMessage("times expects a number as factor, but has three: times(three)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.parse("times(1)"))
                .withMessageStartingWith("a layer named times is unknown; the nearest are ")
                .withMessageEndingWith("Pass one of your own as a part");
    }

    @Test
    void whatIsWrongWithItIsSaidAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> Layer.of("my layer", new Pairs()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.of("dense", new Pairs()))
                .withMessage("there is a layer named dense in the library; choose another name");
        assertThatNullPointerException()
                .isThrownBy(() -> Layer.of("mine", null))
                .withMessage("kernel is null");
        assertThatNullPointerException()
                .isThrownBy(() -> Layer.of(null, new Pairs()))
                .withMessage("name is null");
    }
}
