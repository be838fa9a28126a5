package io.github.flux4j.spark;

import static io.github.flux4j.Flux4j.MSE;
import static io.github.flux4j.Flux4j.SIGMOID;
import static io.github.flux4j.Flux4j.TANH;
import static io.github.flux4j.Flux4j.chain;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.seed;
import static io.github.flux4j.Flux4j.testmode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Layers;
import io.github.flux4j.layers.State;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.Losses;
import io.github.flux4j.losses.Penalty;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Loss and gradient of a step on Spark; the oracle is one machine's on the same rows in one batch. */
class EqualityTest {

    /** Relative to the largest slope: sums of 37 terms and of a matrix product's, in another order. */
    private static final double FLOAT = 1e-6;

    private static final double DOUBLE = 1e-12;

    /** 37 rows each: one partition, uneven ones, empty ones. */
    private static final List<int[]> LAYOUTS =
            List.of(new int[] {37}, new int[] {30, 7}, new int[] {0, 36, 1}, new int[] {5, 0, 9, 1, 0, 10, 6, 6});

    private static final Round ALL_ROWS = new Round(3, 0, 0, 1, 1);

    static Stream<LossFunction> losses() {
        return Losses.all().stream();
    }

    private static Layer probabilities() {
        seed(1);
        return chain(dense(3, 4, TANH), dense(4, 2, SIGMOID));
    }

    private static boolean isOverlap(LossFunction loss) {
        return loss.text().startsWith("dice") || loss.text().startsWith("tversky");
    }

    @ParameterizedTest
    @MethodSource("losses")
    void eachLossAddsUpOrIsRefused(LossFunction loss) {
        if (isOverlap(loss)) {
            refused(probabilities(), loss, "the loss " + loss);
            return;
        }
        for (int[] layout : LAYOUTS) {
            equal(probabilities(), loss, new Penalty(0, 0), false, layout);
        }
        refused(probabilities(), loss.sum(), "agg=sum");
    }

    static Stream<Layers.Known> layers() {
        return Layers.all().stream().filter(known -> !known.random() && !known.isOwn());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void eachLayerAddsUpOrIsRefused(Layers.Known known) {
        seed(1);
        Chain model = known.inChain();
        if (model.text().contains("batchNorm")) {
            refused(model, MSE, "BatchNorm, which takes statistics of its batch,");
            testmode(model);
        }
        boolean takesThoseOfTheBatch = known.toString().startsWith("BatchNorm")
                && State.of(model).arrays().size() == model.trainables().size();
        for (int[] layout : takesThoseOfTheBatch ? List.<int[]>of() : LAYOUTS) {
            equal(model, MSE, new Penalty(0, 0), false, layout);
        }
    }

    /** Each activation inside with one loss after another, partitions, weights and penalties in turn. */
    static Stream<Arguments> pairs() {
        List<LossFunction> losses =
                Losses.all().stream().filter(loss -> !isOverlap(loss)).toList();
        List<Activation> activations = Activation.all().stream()
                .filter(f -> !f.text().startsWith("rrelu"))
                .toList();
        return IntStream.range(0, activations.size())
                .mapToObj(i -> Arguments.of(activations.get(i), losses.get(i % losses.size()), i));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void pairsWithWeightsAndPenalties(Activation activation, LossFunction loss, int number) {
        seed(number);
        Layer model = chain(dense(3, 4), activation, dense(4, 2, SIGMOID));
        Penalty penalty = new Penalty(number % 3 == 0 ? 0.01 : 0, number % 2 == 0 ? 0.1 : 0);
        equal(model, loss, penalty, number % 4 < 2, LAYOUTS.get(1 + number % 3));
    }

    @Test
    void manyPartitionsAreAddedUpInGroupsAndAgainTheSameToTheBit() {
        int[] many = IntStream.range(0, 40).map(i -> i % 5).toArray();
        Layer model = probabilities();
        equal(model, MSE, new Penalty(0, 0.1), true, many);

        Partitions rows = Partitions.random(new Block.Shape(DataType.FLOAT, 3, 2, false), many);
        try (Cluster cluster = rows.cluster(model, MSE, new Penalty(0, 0))) {
            double[] one =
                    numbers(cluster.gradient(model.flatParameters(), ALL_ROWS).mean());
            assertThat(numbers(
                            cluster.gradient(model.flatParameters(), ALL_ROWS).mean()))
                    .isEqualTo(one);
        }
    }

    private static void equal(Layer model, LossFunction loss, Penalty penalty, boolean weighted, int... layout) {
        equal(Layer.copyAs(DataType.FLOAT, model), loss, penalty, weighted, FLOAT, layout);
        equal(Layer.copyAs(DataType.DOUBLE, model), loss, penalty, weighted, DOUBLE, layout);
    }

    private static void equal(
            Layer model, LossFunction loss, Penalty penalty, boolean weighted, double tolerance, int... layout) {
        Partitions rows = Partitions.random(new Block.Shape(model.dataType(), model.inputs(), 2, weighted), layout);
        INDArray gradient = Tensors.zeros(model.dataType(), model.parameterCount());
        double expected = new Loss(loss, model, penalty).gradient(rows.whole().batch(), gradient);

        Additivity.require(model, loss, penalty, rows.whole());
        try (Cluster cluster = rows.cluster(model, loss, penalty)) {
            Share share = cluster.gradient(model.flatParameters(), ALL_ROWS);

            assertThat(share.loss()).isCloseTo(expected, org.assertj.core.data.Offset.offset(tolerance * expected));
            assertThat(difference(gradient, share.mean())).isLessThanOrEqualTo(tolerance);
        }
    }

    private static double[] numbers(NumberArray numbers) {
        return IntStream.range(0, numbers.length()).mapToDouble(numbers::get).toArray();
    }

    /** The largest, over the largest slope. */
    private static double difference(INDArray expected, NumberArray actual) {
        double[] slopes = Tensors.toDoubles(expected);
        double largest = 1e-30;
        double difference = 0;
        for (int i = 0; i < slopes.length; i++) {
            largest = Math.max(largest, Math.abs(slopes[i]));
            difference = Math.max(difference, Math.abs(slopes[i] - actual.get(i)));
        }
        return difference / largest;
    }

    private static void refused(Layer model, LossFunction loss, String culprit) {
        Block rows = Partitions.random(new Block.Shape(DataType.FLOAT, model.inputs(), 2, false), 12)
                .whole();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Additivity.require(model, loss, new Penalty(0, 0), rows))
                .withMessageContaining(culprit)
                .withMessageContaining("doesn't add up over the rows of several machines");
    }
}
