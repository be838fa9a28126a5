package io.github.flux4j.cli.doctor;

import static io.github.flux4j.Flux4j.batch;
import static io.github.flux4j.Flux4j.column;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.descent;
import static io.github.flux4j.Flux4j.mse;
import static io.github.flux4j.Flux4j.params;
import static io.github.flux4j.Flux4j.rows;
import static io.github.flux4j.Flux4j.train;

import io.github.flux4j.backend.Backend;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.losses.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Small computations whose results are known from pen and paper. */
final class HandWorked {

    private HandWorked() {}

    static Check product() {
        INDArray c = rows(new double[][] {{1, 2}, {3, 4}}).mmul(rows(new double[][] {{5, 6}, {7, 8}}));
        return Check.of(
                "product [1 2; 3 4] * [5 6; 7 8]",
                "[19.0, 22.0, 43.0, 50.0]",
                Arrays.toString(c.dup('c').data().asDouble()));
    }

    /** Large enough for every path of BLAS's code; all numbers are whole and below 2²⁴, so Float32 is exact. */
    static Check largeProduct() {
        int n = 125;
        INDArray up = column(IntStream.rangeClosed(1, n).asDoubleStream().toArray());
        INDArray a = up.mmul(column(ones(n)).transpose());
        INDArray c = a.mmul(a.transpose());
        long wrong = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                wrong += c.getDouble(i, j) == (double) n * (i + 1) * (j + 1) ? 0 : 1;
            }
        }
        return Check.of(
                "product of 125x125 matrices, 125*i*j at (i, j)",
                "15625 of 15625 right",
                n * n - wrong + " of 15625 right");
    }

    private static double[] ones(int count) {
        return IntStream.range(0, count).mapToDouble(i -> 1).toArray();
    }

    /**
     * The line x + 1 on x = 0…4, from w = 0.5 and b = 0: residuals are −0.5x − 1, so the loss is mean((0.5x + 1)²) = 4.5 and the gradient
     * 2·mean(residual·x) = −10, 2·mean(residual) = −4. A tenth of it leads to w = 1.5, b = 0.4; residuals 0.5x − 0.6, loss 0.66.
     */
    @SuppressWarnings("try") // the scope is entered, not used
    static Check step(String engine) {
        try (Backend.Scope scope = Backend.engine(engine)) {
            INDArray x = column(0, 1, 2, 3, 4);
            INDArray y = column(1, 2, 3, 4, 5);
            Dense model = dense(1, 1);
            model.weight().assign(0.5);
            Loss loss = mse(model);
            double before = loss.of(x, y);
            train(loss, params(model), List.of(batch(x, y)), descent(0.1));
            return Check.of(
                    "training step of a line, engine " + engine,
                    step(4.5, 1.5, 0.4, 0.66),
                    step(before, model.weight().getDouble(0), model.bias().getDouble(0), loss.of(x, y)));
        }
    }

    /** With the engine that a model gets by itself, which may be forced to one that isn't there. */
    static Check engine(String expected) {
        String name = "a model gets its engine";
        try {
            return Check.of(name, expected, dense(1, 1).engine());
        } catch (IllegalStateException e) {
            return Check.failed(name, e.getMessage());
        }
    }

    private static String step(double before, double weight, double bias, double after) {
        return String.format(
                Locale.ROOT, "weight %.4f, bias %.4f, loss from %.4f to %.4f", weight, bias, before, after);
    }
}
