package io.github.flux4j.agreement;

import static io.github.flux4j.Flux4j.IDENTITY;
import static io.github.flux4j.Flux4j.batch;
import static io.github.flux4j.Flux4j.column;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.descent;
import static io.github.flux4j.Flux4j.mse;
import static io.github.flux4j.Flux4j.params;
import static io.github.flux4j.Flux4j.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.optimise.Descent;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The article's line, x = 0…4 and y = x + 1, against the solution of its recurrence.
 *
 * <p>With e = w − 1 and d = b − 1 the loss is 6e² + 4ed + d², so a step of descent multiplies (e, d) by I − η·H with
 * H = [[12, 4], [4, 2]]. Its eigenvalues are λ = 7 ± √41 with eigenvectors (4, λ − 12): along each, k steps multiply by (1 − ηλ)ᵏ.
 */
class ClosedFormTest {

    /** Float64, ten or so roundings a step over 40 contracting steps. */
    private static final double DOUBLE_STEPS = 1e-12;

    private static final double FAST = 7 + Math.sqrt(41);
    private static final double SLOW = 7 - Math.sqrt(41);

    @ParameterizedTest
    @CsvSource({"0.5, 0, 0.1", "-1.7, 0, 0.1", "1, 1, 0.1", "3, -2, 0.1", "0, 0, 0.05", "0.9066542, 0.25, 0.149"})
    void descentOnTheArticlesLineIsTheSolvedRecurrence(double w, double b, double eta) {
        Dense model =
                dense(Nd4j.createFromArray(new double[][] {{w}}), Nd4j.createFromArray(new double[] {b}), IDENTITY);
        Loss loss = mse(model);
        Descent rule = descent(eta);
        Batch batch = batch(
                column(0, 1, 2, 3, 4).castTo(DataType.DOUBLE),
                column(1, 2, 3, 4, 5).castTo(DataType.DOUBLE));
        for (int k = 0; k < 40; k++) {
            double[] expected = afterSteps(k, w - 1, b - 1, eta);
            double e = expected[0];
            double d = expected[1];
            assertThat(model.weight().getDouble(0)).as("w after %d steps", k).isCloseTo(1 + e, within(DOUBLE_STEPS));
            assertThat(model.bias().getDouble(0)).as("b after %d steps", k).isCloseTo(1 + d, within(DOUBLE_STEPS));
            double before = train(loss, params(model), List.of(batch), rule);
            assertThat(before).as("loss after %d steps", k).isCloseTo(6 * e * e + 4 * e * d + d * d, within(1e-11));
        }
    }

    /** (e, d) after k steps: split along the eigenvectors, each part shrunk by its own factor. */
    private static double[] afterSteps(int k, double e, double d, double eta) {
        double alongFast = (d - (SLOW - 12) * e / 4) / (FAST - SLOW);
        double alongSlow = e / 4 - alongFast;
        double fast = alongFast * Math.pow(1 - eta * FAST, k);
        double slow = alongSlow * Math.pow(1 - eta * SLOW, k);
        return new double[] {4 * (fast + slow), (FAST - 12) * fast + (SLOW - 12) * slow};
    }
}
