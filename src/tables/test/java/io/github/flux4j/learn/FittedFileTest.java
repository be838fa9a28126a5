package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.adam;
import static io.github.flux4j.learn.Learn.classifier;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fitted models as files. */
class FittedFileTest {

    /** Plain Java adds up Float32 products in another order than BLAS; of 30 miles. */
    private static final double FLOAT_SUM = 1e-4;

    private static final Regressor SHORT =
            regressor().network("dense(8, relu)").epochs(5).networks(3);

    @TempDir
    private Path folder;

    private static Map<String, Object> row(Table table, int row) {
        Map<String, Object> values = new HashMap<>();
        table.columns().forEach(column -> values.put(column.name(), column.text(row)));
        return values;
    }

    @Test
    void aRegressorComesBackWhole() throws IOException {
        FittedRegressor saved = SHORT.fit(RealData.CARS, RealData.MPG);
        saved.save(folder.resolve("mpg.flux4j"));
        FittedRegressor loaded = FittedRegressor.load(folder.resolve("mpg.flux4j"));
        assertThat(loaded.predict(RealData.CARS)).isEqualTo(saved.predict(RealData.CARS));
        assertThat(loaded.intervals(RealData.CARS, 0.8)).isDeepEqualTo(saved.intervals(RealData.CARS, 0.8));
        assertThat(loaded.atLeast(RealData.CARS, 0.8)).isEqualTo(saved.atLeast(RealData.CARS, 0.8));
        assertThat(loaded.atMost(RealData.CARS, 0.8)).isEqualTo(saved.atMost(RealData.CARS, 0.8));
        assertThat(loaded.report()).isEqualTo(saved.report());
        assertThat(loaded.features()).isEqualTo(saved.features());
    }

    @Test
    void thePredictorSaysTheSame() throws IOException {
        FittedRegressor saved = SHORT.fit(RealData.CARS, RealData.MPG);
        saved.save(folder.resolve("mpg.flux4j"));
        Predictor plain = Predictor.load(folder.resolve("mpg.flux4j"));
        double[] expected = saved.predict(RealData.CARS);
        double[][] bounds = saved.intervals(RealData.CARS, 0.8);
        double[] most = saved.atMost(RealData.CARS, 0.8);
        for (int i = 0; i < expected.length; i++) {
            assertThat(plain.predict(row(RealData.CARS, i))).isCloseTo(expected[i], within(FLOAT_SUM));
            assertThat(plain.interval(row(RealData.CARS, i), 0.8)).containsExactly(bounds[i], within(FLOAT_SUM));
            assertThat(plain.atMost(row(RealData.CARS, i), 0.8)).isCloseTo(most[i], within(FLOAT_SUM));
        }
    }

    @Test
    void aClassifierComesBackWhole() throws IOException {
        FittedClassifier saved = classifier().epochs(5).networks(2).fit(RealData.IRIS, "species");
        saved.save(folder.resolve("iris.flux4j"));
        FittedClassifier loaded = FittedClassifier.load(folder.resolve("iris.flux4j"));
        assertThat(loaded.probabilities(RealData.IRIS)).isDeepEqualTo(saved.probabilities(RealData.IRIS));
        assertThat(loaded.classes()).isEqualTo(saved.classes());
        assertThat(loaded.report()).isEqualTo(saved.report());
        Predictor plain = Predictor.load(folder.resolve("iris.flux4j"));
        assertThat(plain.label(row(RealData.IRIS, 0))).isEqualTo("setosa");
        assertThat(plain.probabilities(row(RealData.IRIS, 70)).get("versicolor"))
                .isCloseTo(saved.probabilities(row(RealData.IRIS, 70)).get("versicolor"), within(FLOAT_SUM));
    }

    @Test
    void severalTargetsWithoutScalingAndWithoutRowsLeftOut() throws IOException {
        FittedRegressor saved = SHORT.networks(1)
                .patience(0)
                .scale(false)
                .epochs(1)
                .rule(adam(1e-6))
                .fit(RealData.CARS, RealData.MPG, "Horsepower");
        saved.save(folder.resolve("two.flux4j"));
        FittedRegressor loaded = FittedRegressor.load(folder.resolve("two.flux4j"));
        assertThat(loaded.predictAll(RealData.CARS)).isDeepEqualTo(saved.predictAll(RealData.CARS));
        assertThat(loaded.report()).isEqualTo(saved.report());
    }

    @Test
    void whatWasLoadedIsStartedAgainByResume() throws IOException {
        SHORT.fit(RealData.CARS, RealData.MPG).save(folder.resolve("mpg.flux4j"));
        FittedRegressor loaded = FittedRegressor.load(folder.resolve("mpg.flux4j"));
        assertThat(SHORT.epochs(6)
                        .resume(loaded, RealData.CARS, RealData.MPG)
                        .report()
                        .notes())
                .startsWith("training started anew: it was read from a file, and files don't keep the rule's state");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path file = folder.resolve("mpg.flux4j");
        SHORT.fit(RealData.CARS, RealData.MPG).save(file);
        assertThatThrownBy(() -> FittedClassifier.load(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("read it with FittedRegressor.load(path)");
        Files.writeString(file, "no model");
        assertThatThrownBy(() -> FittedRegressor.load(file)).isInstanceOf(ModelFileException.class);
    }

    /** Written by an earlier build, with residuals of each network: read, written and read again, its intervals are the same. */
    @Test
    void aFileOfBeforeKeepsItsIntervals() throws IOException {
        FittedRegressor model = FittedRegressor.load(
                Path.of("src/core/test/resources/io/github/flux4j/io/schema1/regressor-arrays.flux4j"));
        Interval interval = model.interval(0.5, 1.5, 2);
        model.save(folder.resolve("again.flux4j"));

        assertThat(FittedRegressor.load(folder.resolve("again.flux4j")).interval(0.5, 1.5, 2))
                .isEqualTo(interval);
        assertThatThrownBy(() -> model.atMost(Map.of("x1", 1.5, "x2", 2), 0.5)).hasMessageContaining("fit again");
    }
}
