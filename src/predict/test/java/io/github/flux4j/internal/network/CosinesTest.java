package io.github.flux4j.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CosinesTest {

    private static final double HALFWAY = 1 + 0x1p-24; // between two Float32: 1 and the next

    private final Random random = new Random(7);

    private double[] uniform(int count, double size) {
        return random.doubles(count, -size, size).toArray();
    }

    private double[][] rows(int count, int in, double size) {
        double[][] rows = new double[count][];
        Arrays.setAll(rows, r -> Rows.wide(Rows.narrow(uniform(in, size * random.nextDouble()))));
        return rows;
    }

    /** One row alone is left to Java's cosine. */
    private static void assertRoundsAsJavas(Cosines cosines, double[][] rows) {
        float[][] together = Rows.narrow(cosines.apply(rows));
        for (int r = 0; r < rows.length; r++) {
            assertThat(together[r]).containsExactly(Rows.narrow(cosines.apply(new double[][] {rows[r]})[0]));
        }
    }

    @Test
    void oneRowIsTheFormula() {
        Cosines cosines = new Cosines(
                true, 2, new double[] {0.5, 2, 1, 3}, new double[] {0, 1, 2, 3}, new double[] {1, 2, 3, 4}, 5, 6);
        assertThat(cosines.apply(new double[][] {{0.25, 0.75}})[0])
                .containsExactly(
                        5 + Math.cos(Math.PI / 4) + 2 * Math.cos(Math.PI + 1),
                        6 + 3 * Math.cos(1.5 * Math.PI + 2) + 4 * Math.cos(4.5 * Math.PI + 3));
    }

    @Test
    void float32IsThatOfJavasCosineToTheBit() {
        Cosines cosines = new Cosines(true, 2, uniform(10, 2), uniform(10, Math.PI), uniform(30, 1), uniform(6, 1));
        assertRoundsAsJavas(cosines, rows(2000, 2, 5));
        assertRoundsAsJavas(cosines, rows(2000, 2, 1e5));
    }

    @Test
    void angleBeyondTheReductionIsLeftToJava() {
        Cosines cosines = new Cosines(true, 1, uniform(4, 2), uniform(4, Math.PI), uniform(8, 1), uniform(2, 1));
        assertRoundsAsJavas(cosines, rows(50, 1, 1e12));
        assertRoundsAsJavas(cosines, rows(50, 1, 1e38));
    }

    /** Java's own cosine puts the sum on the point where rounding turns, so any other cosine falls to a side. */
    @Test
    void sumHalfwayBetweenTwoFloatsRoundsAsJavas() {
        for (double[] x : rows(1000, 1, 5)) {
            double cosine = Math.cos(2 * Math.PI * 0.3 * x[0] + 0.1);
            Cosines cosines =
                    new Cosines(true, 1, new double[] {0.3}, new double[] {0.1}, new double[] {1}, HALFWAY - cosine);
            assertRoundsAsJavas(cosines, new double[][] {x, x, x, x, x, x, x, x});
        }
    }

    @Test
    void weightThatIsNoNumberGivesNone() {
        Cosines cosines = new Cosines(true, 1, uniform(1, 1), uniform(1, 1), new double[] {Double.NaN}, 0);
        for (double[] row : cosines.apply(rows(8, 1, 1))) {
            assertThat(row[0]).isNaN();
        }
    }
}
