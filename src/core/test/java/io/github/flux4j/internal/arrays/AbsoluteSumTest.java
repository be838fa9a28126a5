package io.github.flux4j.internal.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class AbsoluteSumTest {

    private static double[] numbers(int length) {
        return new SplittableRandom(11).doubles(length, -1, 1).toArray();
    }

    /** On one thread and shared among threads, in two halves and in uneven parts; up to rounding of sums of up to a million numbers of a size. */
    @ParameterizedTest
    @CsvSource({
        "9, FLOAT",
        "9999, FLOAT",
        "10000, FLOAT",
        "300000, FLOAT",
        "1000003, FLOAT",
        "9, DOUBLE",
        "1000003, DOUBLE"
    })
    void isThatOfAPlainLoopAndSeesEveryElement(int length, DataType type) {
        double[] numbers = numbers(length);
        double expected = 0;
        for (double number : numbers) {
            expected += Math.abs(number);
        }
        INDArray vector = Tensors.zeros(type, numbers.length);
        Tensors.write(numbers, vector);
        AbsoluteSum sum = new AbsoluteSum(vector);
        assertThat(sum.getAsDouble()).isCloseTo(expected, withinPercentage(0.01));
        for (int at : new int[] {0, numbers.length / 2, numbers.length - 1}) {
            vector.putScalar(at, Double.NaN);
            assertThat(sum.getAsDouble()).isNaN();
            vector.putScalar(at, numbers[at]);
        }
        assertThat(sum.getAsDouble()).isCloseTo(expected, withinPercentage(0.01));
    }
}
