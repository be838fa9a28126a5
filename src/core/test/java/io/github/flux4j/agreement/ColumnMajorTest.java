package io.github.flux4j.agreement;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.data.Batch;
import io.github.flux4j.engine.Engines;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code -Dndarray.order=f} makes ND4J's new arrays column-major unless it is told otherwise; no number of flux4j's may change. */
class ColumnMajorTest {

    private static final double ROUNDINGS = 1e-6; // Float64, but Float32 in the loaders' arrays

    @ParameterizedTest
    @Tag("process")
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void noNumberDependsOnTheOrderOfNewArrays(String engine) throws Exception {
        List<String> flags = List.of("-Dndarray.order=f", "-D" + Engines.PROPERTY + "=" + engine);
        ChildJvm ended = ChildJvm.run(Program.class, flags);
        List<String> columnMajor =
                ended.lines().stream().filter(line -> line.contains(" = ")).toList();
        Map<String, double[]> rowMajor = ForcedEngine.during(engine, Program::numbers);

        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(columnMajor).hasSize(rowMajor.size() + 1).first().isEqualTo("order = f");
        int line = 1;
        for (Map.Entry<String, double[]> expected : rowMajor.entrySet()) {
            String[] parts = columnMajor.get(line++).split(" = ");
            assertThat(parts[0]).isEqualTo(expected.getKey());
            assertThat(numbers(parts[1])).as(parts[0]).containsExactly(expected.getValue(), within(ROUNDINGS));
        }
    }

    private static double[] numbers(String list) {
        return Stream.of(list.replaceAll("[\\[\\]]", "").split(", "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Prints the numbers that words give, a line each. */
    static final class Program {

        private static final LossFunction EXPRESSED =
                loss((yhat, y) -> yhat.sub(y).pow(2).mean());

        private Program() {}

        public static void main(String... arguments) {
            System.out.println("order = " + Nd4j.order());
            numbers().forEach((word, numbers) -> System.out.println(word + " = " + Arrays.toString(numbers)));
        }

        static Map<String, double[]> numbers() {
            seed(7);
            INDArray x = rows(new double[] {1, 2, 3}, new double[] {4, -5, 6}, new double[] {-7, 8, 0.5});
            INDArray y = rows(new double[] {1, 0}, new double[] {0, 1}, new double[] {1, 1});
            Map<String, INDArray> arrays = new LinkedHashMap<>();
            arrays.put("rows", x);
            arrays.put("normalise", normalise(x));
            arrays.put("normalise rows", normalise(x.transpose(), 1));
            arrays.put("onehotbatch", onehotbatch(List.of("b", "a", "c"), List.of("a", "b", "c", "d")));
            Batch shuffled = shuffleobs(batch(x, y), 3);
            arrays.put("shuffled features", shuffled.features());
            arrays.put("shuffled targets", shuffled.targets());
            arrays.put(
                    "shuffled integers",
                    shuffleobs(batch(x.castTo(DataType.INT32), y), 3).features());
            int number = 0;
            for (Batch batch : dataLoader(x.transpose(), y).batchSize(2).shuffle(1)) {
                arrays.put("batch " + number++, batch.features());
            }
            models().forEach((name, model) -> use(name, model, x, y, arrays));
            Map<String, double[]> numbers = new LinkedHashMap<>();
            arrays.forEach((word, array) -> numbers.put(word, Tensors.toDoubles(array)));
            numbers.put("plain prediction", models().get("layers").predict(1, 2, 3));
            float[] narrow = new float[4];
            models().get("layers").predict(new float[] {1, 2, 3, 4, 5, 6}, 2, narrow);
            numbers.put("plain Float32 predictions", Tensors.toDoubles(Nd4j.createFromArray(narrow)));
            return numbers;
        }

        private static Map<String, Chain> models() {
            seed(8);
            Map<String, Chain> models = new LinkedHashMap<>();
            models.put("dense", chain(dense(3, 2)));
            models.put("layers", chain(dense(3, 4, TANH), batchNorm(4), dense(4, 3, GELU), layerNorm(3), dense(3, 2)));
            models.put("activation first", chain(SIGMOID, scale(3), dense(3, 2, SOFTMAX)));
            return models;
        }

        private static void use(String name, Chain start, INDArray x, INDArray y, Map<String, INDArray> arrays) {
            Layer model = f64(start);
            arrays.put(name, model.predict(x));
            arrays.put(name + " of column-major features", model.predict(x.dup('f')));
            arrays.put(name + " of integers", model.predict(x.castTo(DataType.INT32)));
            arrays.put(name + "'s weight", start.trainables().get(0).values());
            arrays.put(
                    name + "'s gradient",
                    withGradient(MSE, model, x, y).gradient().flat());
            for (int epoch = 0; epoch < 2; epoch++) {
                train(MSE, model, dataLoader(x, y).batchSize(2).partial(false).shuffle(4), setup(adam(0.01), model));
                train(EXPRESSED, model, List.of(batch(x, y)), setup(momentum(0.01), model));
            }
            arrays.put(name + "'s parameters", model.flatParameters());
            arrays.put(name + "'s network", model.network().output(x));
        }
    }
}
