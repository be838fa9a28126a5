package io.github.flux4j;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.train.DivergedException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What every public entry of arrays does with every kind of bad or unusual array, as a table. */
class BadNumbersTest {

    private static final double[][] PLAIN = {{1, 2, 3}, {4, 5, 6}, {7, 8, 10}, {0.5, 0.25, 1}};
    private static final double[][] TRANSPOSED = {{1, 4, 7, 0.5}, {2, 5, 8, 0.25}, {3, 6, 10, 1}};

    /**
     * {@code =} the same bits as of the same numbers in a plain Float32 array; {@code ok} other finite numbers; {@code NaN} what the formula gives, NaN or an
     * infinity; and where the array is refused, the reason: {@code finite}, {@code empty}, {@code closed}, {@code shape}, {@code type}, or
     * {@code few} rows; {@code diverged} where training ends at the batch.
     */
    private static final String EXPECTED = """
            array        predict  layers   batch    train    targets  loader   split    loss     ofModel  gradient normal   logsum   dropout  onecold  smooth   dense
            NaN          finite   finite   finite   finite   finite   finite   finite   NaN      finite   NaN      finite   NaN      NaN      finite   NaN      finite
            infinity     finite   finite   finite   finite   finite   finite   finite   NaN      finite   NaN      finite   NaN      NaN      ok       NaN      finite
            -infinity    finite   finite   finite   finite   finite   finite   finite   NaN      finite   NaN      finite   ok       NaN      ok       NaN      finite
            -0           =        =        =        =        =        =        =        =        =        =        =        =        =        =        =        =
            denormal     =        =        =        =        =        =        =        =        =        =        =        =        =        =        =        =
            huge         NaN      =        =        diverged diverged =        =        =        NaN      =        =        =        =        =        =        =
            beyond-float finite   finite   ok       diverged diverged ok       ok       ok       finite   ok       ok       ok       ok       ok       ok       ok
            double       =        =        =        =        =        =        =        =        =        ok       ok       ok       =        =        ok       =
            half         =        =        =        =        =        =        =        =        =        =        =        =        =        =        =        =
            bfloat16     =        =        =        =        =        =        =        =        =        =        =        =        =        =        =        =
            int          =        =        =        =        =        =        =        =        =        =        =        =        =        =        =        =
            long         =        =        =        =        =        =        =        =        =        =        =        =        =        =        =        =
            boolean      =        =        =        =        =        =        =        =        =        =        =        =        =        =        =        =
            text         type     type     type     type     type     type     type     type     type     type     type     type     type     type     type     type
            view         =        =        =        =        =        =        =        =        =        =        =        =        =        =        =        =
            transposed   =        =        =        =        =        =        =        =        =        =        =        =        =        =        =        =
            column-major =        =        =        =        =        =        =        =        =        =        =        =        =        =        =        =
            constant     =        =        =        =        =        =        =        =        =        =        =        =        =        =        =        =
            one-row      =        =        =        =        =        =        few      =        =        =        =        =        =        =        =        =
            one-column   shape    shape    =        shape    shape    =        =        =        shape    =        =        =        =        shape    =        =
            vector       shape    shape    shape    shape    shape    shape    shape    shape    shape    shape    shape    shape    =        shape    =        shape
            scalar       shape    shape    shape    shape    shape    shape    shape    shape    shape    shape    shape    shape    =        shape    =        shape
            cube         shape    shape    shape    shape    shape    shape    shape    shape    shape    shape    shape    shape    =        shape    =        shape
            empty        empty    empty    empty    empty    empty    empty    empty    shape    empty    shape    empty    empty    empty    empty    empty    shape
            closed       closed   closed   closed   closed   closed   closed   closed   closed   closed   closed   closed   closed   closed   closed   closed   closed
            """;

    /** Arrays by their kinds. */
    private static Map<String, Supplier<INDArray>> kinds() {
        Map<String, Supplier<INDArray>> kinds = new LinkedHashMap<>();
        kinds.put("NaN", () -> with(Double.NaN));
        kinds.put("infinity", () -> with(Double.POSITIVE_INFINITY));
        kinds.put("-infinity", () -> with(Double.NEGATIVE_INFINITY));
        kinds.put("-0", () -> with(-0.0));
        kinds.put("denormal", () -> with(1e-42));
        kinds.put("huge", () -> with(3e38));
        kinds.put(
                "beyond-float", () -> Nd4j.create(PLAIN).castTo(DataType.DOUBLE).putScalar(1, 1, 1e39));
        kinds.put("double", () -> Nd4j.create(PLAIN).castTo(DataType.DOUBLE));
        kinds.put("half", () -> rows(PLAIN).castTo(DataType.FLOAT16));
        kinds.put("bfloat16", () -> rows(PLAIN).castTo(DataType.BFLOAT16));
        kinds.put("int", () -> rows(PLAIN).castTo(DataType.INT32));
        kinds.put("long", () -> rows(PLAIN).castTo(DataType.INT64));
        kinds.put("boolean", () -> rows(PLAIN).castTo(DataType.BOOL));
        kinds.put("text", () -> Nd4j.create("a", "b", "c", "d", "e", "f").reshape(2, 3));
        kinds.put("view", () -> inside().get(interval(1, 5), interval(2, 5)));
        kinds.put("transposed", () -> rows(TRANSPOSED).transpose());
        kinds.put("column-major", () -> rows(PLAIN).dup('f'));
        kinds.put("constant", () -> rows(new double[][] {{1, 3, 3}, {4, 3, 6}, {7, 3, 10}}));
        kinds.put("one-row", () -> rows(new double[] {1, 2, 3}));
        kinds.put("one-column", () -> column(1, 2, 3));
        kinds.put("vector", () -> Nd4j.createFromArray(1f, 2f, 3f));
        kinds.put("scalar", () -> Nd4j.scalar(1f));
        kinds.put("cube", () -> Nd4j.ones(DataType.FLOAT, 2, 3, 3));
        kinds.put("empty", () -> Nd4j.create(DataType.FLOAT, 0, 3));
        kinds.put("closed", BadNumbersTest::closed);
        return kinds;
    }

    private static INDArray with(double value) {
        return rows(PLAIN).putScalar(1, 1, value);
    }

    /** In a larger one. */
    private static INDArray inside() {
        INDArray larger = Nd4j.ones(DataType.FLOAT, 6, 7).muli(9);
        larger.get(interval(1, 5), interval(2, 5)).assign(rows(PLAIN));
        return larger;
    }

    private static INDArray closed() {
        INDArray array = rows(PLAIN);
        array.close();
        return array;
    }

    /** What takes them, by its name; a result is what one can see of it. */
    private static Map<String, Function<INDArray, Object>> entries() {
        Map<String, Function<INDArray, Object>> entries = new LinkedHashMap<>();
        entries.put("predict", x -> model().predict(x));
        entries.put("layers", x -> activations(chain(model(), TANH), x).get(1));
        entries.put("batch", x -> batch(x).features());
        entries.put("train", x -> {
            Dense model = model();
            train(MSE, model, List.of(batch(x, zeros(x, 2))), setup(descent(1e-3), model));
            return model.flatParameters();
        });
        entries.put("targets", x -> {
            Dense model = dense(Nd4j.ones(DataType.FLOAT, 3, 2), null, IDENTITY);
            train(MSE, model, List.of(batch(zeros(x, 2).addi(1), x)), setup(descent(1e-3), model));
            return model.flatParameters();
        });
        entries.put("loader", x -> dataLoader(x).batchSize(3).iterator().next().features());
        entries.put("split", x -> splitobs(x, x).at(0.5).get(0).features());
        entries.put("loss", x -> Nd4j.scalar(DataType.DOUBLE, MSE.of(x, zeros(x, x.rank() == 2 ? x.columns() : 3))));
        entries.put("ofModel", x -> Nd4j.scalar(DataType.DOUBLE, mse(model()).of(x, zeros(x, 2))));
        entries.put("gradient", x -> MSE.gradient(x, zeros(x, x.rank() == 2 ? x.columns() : 3)));
        entries.put("normal", x -> normalise(x));
        entries.put("logsum", x -> logsumexp(x, 1));
        entries.put("dropout", x -> dropout(x, 0));
        entries.put("onecold", x -> Nd4j.createFromArray(onecold(x)));
        entries.put("smooth", x -> labelSmoothing(x, 0.1));
        entries.put("dense", x -> dense(x, null, IDENTITY).weight());
        return entries;
    }

    /** As many rows. */
    private static INDArray zeros(INDArray x, int columns) {
        return Nd4j.zeros(DataType.FLOAT, x.rank() == 2 && x.rows() > 0 ? x.rows() : 4, columns);
    }

    private static Dense model() {
        return dense(rows(new double[] {1, -1, 0.5}, new double[] {0.25, 2, -3}), null, IDENTITY);
    }

    @Test
    void everyEntryDoesWithEveryKindWhatTheTableSays() {
        assertThat(table(entries(), kinds())).isEqualTo(EXPECTED);
    }

    /** A batch keeps its arrays, so a step sees what was done to them since, and changes nothing. */
    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void whatIsPutIntoABatchsArrayAfterwardsEndsTrainingBeforeTheUpdate(String engine) {
        Dense model = ForcedEngine.on(engine, model());
        INDArray x = rows(PLAIN);
        List<Batch> data = List.of(batch(x, zeros(x, 2)));
        INDArray before = model.flatParameters().dup();
        x.putScalar(2, 1, Float.NaN);

        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> train(MSE, model, data, setup(descent(), model)))
                .withMessageStartingWith("loss became NaN at batch 1");
        assertThat(model.flatParameters()).isEqualTo(before);
    }

    /** 10⁵ columns, of which the answers are known: sums of ones. */
    @Test
    @Tag("long")
    void aHundredThousandColumnsAreAsFew() {
        int columns = 100_000;
        INDArray x = Nd4j.ones(DataType.FLOAT, 3, columns);
        Dense model = dense(Nd4j.ones(DataType.FLOAT, 1, columns).divi(columns), null, IDENTITY);

        assertThat(model.predict(x).toDoubleVector())
                .satisfies(y -> assertThat(y).containsExactly(ones(1), within(1e-3))); // 10⁵ terms of Float32
        assertThat(normalise(x).amaxNumber().doubleValue()).isZero();
        assertThat(logsumexp(x, 1).toDoubleVector())
                .satisfies(y -> assertThat(y).containsExactly(ones(1 + Math.log(columns)), within(1e-5)));
        assertThat(onecold(x)).containsOnly(0);
        train(MSE, model, dataLoader(x, column(1, 1, 1)).batchSize(2), setup(descent(1e-6), model));
        assertThat(model.predict(x).toDoubleVector())
                .satisfies(y -> assertThat(y).containsExactly(ones(1), within(1e-3)));
    }

    private static double[] ones(double value) {
        return new double[] {value, value, value};
    }

    private static String table(
            Map<String, Function<INDArray, Object>> entries, Map<String, Supplier<INDArray>> kinds) {
        return line("array", entries.keySet().stream().toList())
                + kinds.entrySet().stream()
                        .map(kind -> line(
                                kind.getKey(),
                                entries.values().stream()
                                        .map(entry -> outcome(entry, kind.getValue()))
                                        .toList()))
                        .collect(Collectors.joining());
    }

    private static String line(String head, List<String> cells) {
        return String.format("%-13s", head)
                + cells.stream()
                        .map(cell -> String.format("%-9s", cell))
                        .collect(Collectors.joining())
                        .stripTrailing() + "\n";
    }

    private static String outcome(Function<INDArray, Object> entry, Supplier<INDArray> array) {
        try {
            double[] result = Tensors.toDoubles((INDArray) entry.apply(array.get()));
            if (!Arrays.stream(result).allMatch(Double::isFinite)) {
                return "NaN";
            }
            return Arrays.equals(result, ofPlain(entry, array.get())) ? "=" : "ok";
        } catch (IllegalArgumentException | IllegalStateException e) {
            return reason(e.getMessage());
        } catch (DivergedException e) {
            return "diverged";
        } catch (RuntimeException e) {
            return "! " + e;
        }
    }

    /** What comes of the same numbers in a plain array; none where Float32 can't hold them. */
    private static double[] ofPlain(Function<INDArray, Object> entry, INDArray array) {
        INDArray plain = array.castTo(DataType.FLOAT).dup('c');
        return Double.isInfinite(plain.amaxNumber().doubleValue())
                ? new double[0]
                : Tensors.toDoubles((INDArray) entry.apply(plain));
    }

    private static String reason(String message) {
        if (message.contains("finite") || message.contains("NaN") || message.contains("became")) {
            return "finite";
        }
        if (message.contains("no value") || message.contains("at least one row")) {
            return "empty";
        }
        if (message.contains("closed")) {
            return "closed";
        }
        if (message.contains("must be numbers") || message.contains("type")) {
            return "type";
        }
        if (message.contains("would get none")) {
            return "few";
        }
        return message.contains("shape") || message.contains("per row") ? "shape" : message;
    }
}
