package io.github.flux4j.internal.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.table.Folds.RowSplit;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RidgeTest {

    /** y = 3a − 2b + 5 without noise: the least λ is best, and its bias below a thousandth. */
    @Test
    void findsALine() {
        SplittableRandom random = new SplittableRandom(1);
        float[] x = new float[300];
        float[] y = new float[100];
        for (int i = 0; i < 100; i++) {
            x[3 * i] = (float) random.nextDouble();
            x[3 * i + 1] = 99; // not asked for
            x[3 * i + 2] = (float) random.nextDouble();
            y[i] = 3 * x[3 * i] - 2 * x[3 * i + 2] + 5;
        }
        Examples line = new Examples(x, 3, y, 1, null);
        List<RowSplit> parts = Division.parts(4, 4, null, 1, line.rows());
        double[] predictions = new Ridge(line, 0, 2).leftOut(parts);
        int at = 0;
        for (RowSplit part : parts) {
            for (int row : part.test()) {
                assertThat(predictions[at++]).isCloseTo(y[row], within(0.01));
            }
        }
    }
}
