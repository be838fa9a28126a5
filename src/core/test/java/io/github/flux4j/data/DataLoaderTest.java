package io.github.flux4j.data;

import static io.github.flux4j.Flux4j.column;
import static io.github.flux4j.Flux4j.dataLoader;
import static io.github.flux4j.Flux4j.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.internal.arrays.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Sizes and orders as MLUtils' {@code DataLoader} documents them. */
class DataLoaderTest {

    private static final INDArray TEN =
            column(IntStream.range(0, 10).asDoubleStream().toArray());

    @Test
    void givesOneExampleABatchInOrderByDefault() {
        DataLoader loader = dataLoader(TEN, TEN.mul(2));

        assertThat(loader.size()).isEqualTo(10);
        assertThat(batches(loader))
                .hasSize(10)
                .allSatisfy(batch -> assertThat(batch.size()).isOne());
        assertThat(features(loader)).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);
    }

    @ParameterizedTest
    @CsvSource({
        "3,  true,  '3 3 3 1'",
        "3,  false, '3 3 3'",
        "5,  true,  '5 5'",
        "5,  false, '5 5'",
        "10, true,  '10'",
        "99, true,  '10'",
        "99, false, '10'" // a batch size beyond the number of examples is taken for that number
    })
    void keepsOrDropsTheLastPartialBatch(int batchSize, boolean partial, String sizes) {
        DataLoader loader = dataLoader(TEN).batchSize(batchSize).partial(partial);

        assertThat(batches(loader).stream().map(Batch::size).toList())
                .isEqualTo(Stream.of(sizes.split(" ")).map(Integer::valueOf).toList());
        assertThat(loader.size()).isEqualTo(batches(loader).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void batchSizeMustBeAtLeastOne(int batchSize) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dataLoader(TEN).batchSize(batchSize))
                .withMessage("batchSize must be at least 1, but was " + batchSize);
    }

    @Test
    void anEpochHasAnEnd() {
        Iterator<Batch> epoch = dataLoader(TEN).batchSize(10).iterator();
        epoch.next();

        assertThat(epoch.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(epoch::next)
                .withMessage("this epoch has only 1 batches");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void shufflingGivesEveryRowOnceAndKeepsRowsTogether(int batchSize) {
        DataLoader loader =
                dataLoader(TEN, TEN.mul(2), TEN.mul(3)).batchSize(batchSize).shuffle(1);

        assertThat(features(loader)).containsExactlyInAnyOrder(values(TEN));
        for (Batch batch : loader) {
            assertThat(batch.targets()).isEqualTo(batch.features().mul(2));
            assertThat(batch.weights()).isEqualTo(batch.features().mul(3));
        }
    }

    @Test
    void shufflesAnewForEachEpoch() {
        DataLoader loader = dataLoader(TEN).batchSize(4).shuffle(1);

        assertThat(List.of(features(loader), features(loader), features(loader)))
                .doesNotHaveDuplicates();
    }

    @Test
    void repeatsItsOrdersForASeed() {
        DataLoader one = dataLoader(TEN).shuffle(5).batchSize(4);
        DataLoader other = dataLoader(TEN).batchSize(4).shuffle(5);

        assertThat(features(one))
                .isEqualTo(features(other))
                .isNotEqualTo(features(dataLoader(TEN).shuffle(6)));
        assertThat(features(one)).as("second epoch").isEqualTo(features(other));
    }

    @Test
    void repeatsItsOrdersForTheGlobalSeed() {
        seed(3);
        List<Double> once = features(dataLoader(TEN).shuffle());
        seed(3);
        List<Double> again = features(dataLoader(TEN).shuffle());
        List<Double> next = features(dataLoader(TEN).shuffle());

        assertThat(again).isEqualTo(once).isNotEqualTo(next);
    }

    @Test
    void leavesTheArraysInTheirOrder() {
        INDArray x = TEN.dup();
        features(dataLoader(x).shuffle(1));

        assertThat(x).isEqualTo(TEN);
    }

    static Stream<INDArray> sixRowsOfTwo() {
        INDArray dense = Nd4j.createFromArray(
                        DoubleStream.iterate(1, v -> v + 1).limit(12).toArray())
                .reshape(6, 2);
        INDArray wide = Nd4j.zeros(DataType.DOUBLE, 12, 5);
        INDArray strided = wide.get(NDArrayIndex.interval(0, 2, 12), NDArrayIndex.interval(1, 3));
        strided.assign(dense);
        INDArray offset =
                Nd4j.vstack(dense.neg(), dense, dense.neg()).get(NDArrayIndex.interval(6, 12), NDArrayIndex.all());
        return Stream.of(
                dense,
                offset,
                dense.dup('f'),
                dense.transpose().dup('c').transpose(),
                strided,
                dense.castTo(DataType.FLOAT),
                dense.castTo(DataType.INT32),
                dense.castTo(DataType.INT64).dup('f'));
    }

    @ParameterizedTest
    @MethodSource("sixRowsOfTwo")
    void takesRowsOfAnyLayoutAndType(INDArray array) {
        assertThat(features(dataLoader(array).batchSize(4))).containsExactly(values(array));
        assertThat(rowsOf(dataLoader(array).batchSize(4).shuffle(2)))
                .hasSize(6)
                .hasSameElementsAs(rowsOf(dataLoader(array)));
        assertThat(batches(dataLoader(array).shuffle(2)))
                .allSatisfy(batch -> assertThat(batch.features().dataType()).isEqualTo(array.dataType()));
    }

    // batches that may be kept, and those in memory that is used again

    @Test
    void batchesOfAnIterationMayBeKept() {
        DataLoader loader = dataLoader(TEN, TEN.mul(2)).batchSize(3).shuffle(1);
        List<Batch> kept = batches(loader);
        List<Double> then = features(kept);
        features(loader.reusing());
        batches(loader);

        assertThat(features(kept)).isEqualTo(then).containsExactlyInAnyOrder(values(TEN));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "3, true", "3, false", "5, true", "10, true", "99, false"})
    void reusingGivesTheSameEpochs(int batchSize, boolean partial) {
        DataLoader one = dataLoader(TEN, TEN.mul(2), TEN.mul(3))
                .batchSize(batchSize)
                .partial(partial)
                .shuffle(5);
        DataLoader other = dataLoader(TEN, TEN.mul(2), TEN.mul(3))
                .batchSize(batchSize)
                .partial(partial)
                .shuffle(5);

        for (int epoch = 0; epoch < 3; epoch++) {
            assertThat(features(one.reusing())).isEqualTo(features(other));
        }
        for (Batch batch : one.reusing()) {
            assertThat(batch.targets()).isEqualTo(batch.features().mul(2));
            assertThat(batch.weights()).isEqualTo(batch.features().mul(3));
        }
    }

    @ParameterizedTest
    @MethodSource("sixRowsOfTwo")
    void reusingTakesRowsOfAnyLayoutAndType(INDArray array) {
        DataLoader loader = dataLoader(array).batchSize(4);

        assertThat(features(loader.shuffle(2).reusing())).isEqualTo(features(loader.shuffle(2)));
        assertThat(features(loader.reusing())).isEqualTo(features(loader));
    }

    @Test
    void reusingMakesNoArraysForABatch() {
        DataLoader loader = dataLoader(TEN).batchSize(2).shuffle(1);
        Set<INDArray> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int epoch = 0; epoch < 3; epoch++) {
            for (Batch batch : loader.reusing()) {
                seen.add(batch.features());
                batch.features().close(); // has no effect on memory that is lent
            }
        }

        assertThat(seen).hasSize(1);
    }

    @Test
    void iterationsAtTheSameTimeHaveMemoryEach() {
        DataLoader loader = dataLoader(TEN).batchSize(10).shuffle(1);
        Iterator<Batch> one = loader.reusing().iterator();
        Iterator<Batch> other = loader.reusing().iterator();
        Batch first = one.next();
        List<Double> then = features(List.of(first));

        assertThat(features(List.of(other.next()))).isNotEqualTo(then);
        assertThat(features(List.of(first))).isEqualTo(then);
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(one::next)
                .withMessage("this epoch has only 1 batches");
    }

    @Test
    void threadsThatShareALoaderGetWholeEpochs() {
        DataLoader loader = dataLoader(TEN, TEN.mul(2)).batchSize(3).shuffle(1);
        List<List<Double>> epochs = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> features(i % 2 == 0 ? loader : loader.reusing()))
                .toList();
        DataLoader twin = dataLoader(TEN).shuffle(1);

        assertThat(epochs)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 200).mapToObj(i -> features(twin)).toList());
    }

    @Test
    void allMayBeOneBatch() {
        DataLoader loader = dataLoader(column(1, 2, 3), column(4, 5, 6)).batchSize(2);

        assertThat(batches(loader.oneBatch()))
                .singleElement()
                .satisfies(all -> assertThat(values(all.features())).containsExactly(1.0, 2.0, 3.0));
        assertThat(loader.oneBatch().shuffle(1).size()).isEqualTo(1);
    }

    private static List<Batch> batches(DataLoader loader) {
        return StreamSupport.stream(loader.spliterator(), false).toList();
    }

    private static List<Double> features(Iterable<Batch> loader) {
        List<Double> values = new ArrayList<>();
        for (Batch batch : loader) {
            DoubleStream.of(Tensors.toDoubles(batch.features())).forEach(values::add);
        }
        return values;
    }

    private static List<List<Double>> rowsOf(DataLoader loader) {
        List<Double> values = features(loader);
        return IntStream.range(0, values.size() / 2)
                .mapToObj(i -> values.subList(2 * i, 2 * i + 2))
                .toList();
    }

    private static Double[] values(INDArray array) {
        return DoubleStream.of(Tensors.toDoubles(array)).boxed().toArray(Double[]::new);
    }
}
