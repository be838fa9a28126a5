package io.github.flux4j.internal.arrays;

import static io.github.flux4j.Flux4j.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class FinitenessTest {

    private static final int ROWS = 700;
    private static final int COLUMNS = 5; // 3500 elements, which are several strips

    /** Matrices of so many rows and {@value #COLUMNS} columns of ones, as they may lie in memory. */
    private static final Map<String, BiFunction<DataType, Integer, INDArray>> LAYOUTS = new TreeMap<>(Map.of(
            "row by row", (type, rows) -> Nd4j.ones(type, rows, COLUMNS),
            "column by column", (type, rows) -> Nd4j.ones(type, rows, COLUMNS).dup('f'),
            "transposed", (type, rows) -> Nd4j.ones(type, COLUMNS, rows).transpose(),
            "some columns",
                    (type, rows) -> spoilt(type, rows + 9, 9)
                            .get(NDArrayIndex.interval(3, rows + 3), NDArrayIndex.interval(2, COLUMNS + 2))
                            .assign(1),
            "every second row",
                    (type, rows) -> spoilt(type, 2 * rows, COLUMNS)
                            .get(NDArrayIndex.interval(0, 2, 2 * rows), NDArrayIndex.all())
                            .assign(1),
            "some rows, transposed",
                    (type, rows) -> spoilt(type, 9, rows + 9)
                            .get(NDArrayIndex.interval(1, COLUMNS + 1), NDArrayIndex.interval(7, rows + 7))
                            .assign(1)
                            .transpose()));

    /** An array whose elements beside a view must not be looked at. */
    private static INDArray spoilt(DataType type, int rows, int columns) {
        return Nd4j.ones(type, rows, columns).assign(Double.NaN);
    }

    static Stream<Arguments> layouts() {
        return LAYOUTS.keySet().stream()
                .flatMap(layout -> Stream.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16)
                        .map(type -> Arguments.of(layout, type)));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void findsTheElementWhateverTheLayout(String layout, DataType type) {
        int[][] places = {{0, 0}, {0, COLUMNS - 1}, {ROWS - 1, 0}, {ROWS - 1, COLUMNS - 1}, {345, 2}};
        for (int[] place : places) {
            for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                INDArray array = LAYOUTS.get(layout).apply(type, ROWS);
                Finiteness.require(array, DataType.FLOAT, "it", "Mend it");
                array.putScalar(place[0], place[1], value);

                assertThatIllegalArgumentException()
                        .isThrownBy(() -> Finiteness.require(array, DataType.FLOAT, "it", "Mend it"))
                        .withMessage("it must be finite, but row " + place[0] + ", column " + place[1] + " is " + value
                                + ". Mend it");
            }
        }
    }

    @Test
    void numbersBeyondFloat32AreRefusedWhereTheyWouldBecomeInfinite() {
        double least = 0x1.ffffffp127; // half a step above the largest Float32: the least that rounds to infinity
        assertThat((float) least).isInfinite();
        assertThat((float) Math.nextDown(least)).isEqualTo(Float.MAX_VALUE);

        for (double sign : new double[] {1, -1}) {
            double[] good = {Float.MAX_VALUE, sign * Math.nextDown(least)};
            double[] bad = {1, sign * least};
            Finiteness.require(good, 2, DataType.FLOAT, "it", "Mend it");
            Finiteness.require(bad, 2, DataType.DOUBLE, "it", "Mend it");
            Finiteness.require(Nd4j.create(new double[][] {bad}), DataType.DOUBLE, "it", "Mend it");
            String message = "it must be finite, but row 0, column 1 is " + sign * least
                    + ", too large for Float32. Scale it down, or compute in Float64: f64(model)";
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Finiteness.require(bad, 2, DataType.FLOAT, "it", "Mend it"))
                    .withMessage(message);
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            Finiteness.require(Nd4j.create(new double[][] {bad}), DataType.FLOAT, "it", "Mend it"))
                    .withMessage(message);
        }
    }

    @Test
    void rowsOfPlainArraysAreCounted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Finiteness.require(
                        new double[] {1, 2, 3, 4, Double.NaN, 6}, 3, DataType.FLOAT, "it", "Mend it"))
                .withMessage("it must be finite, but row 1, column 1 is NaN. Mend it");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Finiteness.require(new float[] {1, 2, 3, Float.NEGATIVE_INFINITY}, 2, "it", "Mend it"))
                .withMessage("it must be finite, but row 1, column 1 is -Infinity. Mend it");
    }

    @Test
    void wholeNumbersAreFinite() {
        for (DataType type : new DataType[] {DataType.BOOL, DataType.UINT8, DataType.INT32, DataType.INT64}) {
            Finiteness.require(Nd4j.ones(type, 2, 2), DataType.FLOAT, "it", "Mend it");
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void aBatchTakesNoRoomOnTheHeap(String layout, DataType type) {
        INDArray many = LAYOUTS.get(layout).apply(type, 200_000);
        batch(LAYOUTS.get(layout).apply(type, ROWS)); // loads classes
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        batch(many);

        // a copy would take 4 to 8 MB; what native memory may be used is asked once in a process, which takes 0.3 MB
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    }
}
