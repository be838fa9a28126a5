package io.github.flux4j.learn;

import static io.github.flux4j.learn.Learn.regressor;
import static io.github.flux4j.learn.Learn.resMlp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.fit.Network;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learnt numbers for texts: 30 cities of 20 rows each, whose effect on y is their number times 0.1, beside 2x and noise of 0.1. */
class EmbeddingsTest {

    private static final int CITIES = 30;
    private static final int EACH = 20;

    /** The noise, and as much again for 600 rows and 80 epochs. */
    private static final double RMS = 0.3;

    /** Plain Java adds up Float32 products in another order than BLAS; of numbers of size one. */
    private static final double FLOAT_SUM = 1e-5;

    private static final Table ROWS = rows();
    private static FittedRegressor fitted;

    @TempDir
    private Path folder;

    /** One of the rows. */
    public record Row(String city, double x, double y) {}

    private static Row row(int city, double x, double noise) {
        return new Row("city " + city, x, 2 * x + 0.1 * city + noise);
    }

    private static Table rows() {
        SplittableRandom random = new SplittableRandom(3);
        return Table.of(IntStream.range(0, CITIES * EACH)
                .mapToObj(i -> row(i % CITIES, random.nextDouble(-1, 1), 0.1 * random.nextDouble(-1.7, 1.7)))
                .toList());
    }

    @BeforeAll
    static void fit() {
        fitted = regressor()
                .network("dense(16, relu)")
                .embeddings(10)
                .networks(2)
                .epochs(80)
                .fit(ROWS, "y");
    }

    @Test
    void theFirstLayerLearnsNumbersForEachLevel() {
        assertThat(fitted.networks().get(0).text())
                .startsWith("chain(parallel(concat, columns(0, 30, embedding(30, 10)), columns(30, ")
                .contains("chain(dense(14, 16, relu), dense(16, 1))");
        assertThat(fitted.report().leftOut().get("rms")).isLessThan(RMS);
    }

    @Test
    void transformGivesTheNumbersOfTheFirstNetworkAsColumns() {
        Table learnt = fitted.transform(ROWS);

        assertThat(learnt.columns().get(0).name()).isEqualTo("city 1");
        assertThat(learnt.columns().get(9).name()).isEqualTo("city 10");
        assertThat(learnt.columns().size()).isEqualTo(10 + fitted.preparation().width() - 30);
        assertThat(learnt.column("city 3").text(0))
                .isEqualTo(learnt.column("city 3").text(CITIES));
        assertThat(learnt.column("city 3").text(0))
                .isNotEqualTo(learnt.column("city 3").text(1));
    }

    @Test
    void textsOfFewerLevelsStayOneHotAndNoneIsEmbeddedUnasked() {
        assertThat(regressor()
                        .network("dense(4)")
                        .epochs(1)
                        .networks(2)
                        .fit(ROWS, "y")
                        .networks()
                        .get(0)
                        .text())
                .doesNotContain("embedding");
        assertThat(regressor()
                        .network("dense(4)")
                        .embeddings(31)
                        .epochs(1)
                        .networks(2)
                        .fit(ROWS, "y")
                        .networks()
                        .get(0)
                        .text())
                .doesNotContain("embedding");
        assertThat(regressor().embeddings()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> regressor().embeddings(-1))
                .withMessage("embeddings must be at least 0, but was -1");
    }

    @Test
    void aFileReadHereAndWithoutNd4jPredictsTheSame() throws IOException {
        Path file = folder.resolve("cities.flux4j");
        fitted.save(file);
        FittedRegressor read = FittedRegressor.load(file);
        Predictor plain = Predictor.load(file);
        double[] expected = fitted.predict(ROWS);

        assertThat(read.predict(ROWS)).isEqualTo(expected);
        assertThat(read.transform(ROWS).column("city 2").text(5))
                .isEqualTo(fitted.transform(ROWS).column("city 2").text(5));
        for (int row = 0; row < CITIES; row++) {
            Map<String, String> cells = Map.of(
                    "city", ROWS.column("city").text(row), "x", ROWS.column("x").text(row));
            assertThat(plain.predict(cells)).isCloseTo(expected[row], within(FLOAT_SUM * 10));
        }
    }

    /** Two blocks around which the rows have a way. */
    @Test
    void aResidualNetworkHasAWayAroundEachBlock() {
        assertThat(resMlp(8, 2).text())
                .isEqualTo("dense(8, relu), skipConnection(chain(dense(8, relu), dropout(0.1), dense(8)), sum), "
                        + "skipConnection(chain(dense(8, relu), dropout(0.1), dense(8)), sum), relu, dense");
        Layer built = Network.of("resMlp(8, 2)").build(3, 1);
        assertThat(built.outputSize(3)).isEqualTo(1);
        assertThat(built.parameterCount()).isEqualTo(3 * 8 + 8 + 4 * (8 * 8 + 8) + 8 + 1);
        assertThat(regressor()
                        .network(resMlp(16, 1))
                        .networks(2)
                        .epochs(30)
                        .fit(ROWS, "y")
                        .report()
                        .leftOut()
                        .get("rms"))
                .isLessThan(2 * RMS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resMlp(0, 1))
                .withMessageStartingWith("resMlp expects a width");
        assertThatIllegalArgumentException().isThrownBy(() -> Network.of("resMlp(8)"));
    }
}
