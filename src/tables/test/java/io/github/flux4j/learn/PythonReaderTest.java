package io.github.flux4j.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader in Python, which somebody may copy, predicts what Java does for each row of a table. */
@Tag("python")
class PythonReaderTest {

    /** Both in Float32, in other orders; relative to 1 and above. */
    private static final double FLOAT32 = 1e-6;

    private static final Path CARS = Path.of("src/site/data/auto-mpg.csv");
    private static final Path IRIS = Path.of("src/site/data/iris.csv");

    @TempDir
    private Path folder;

    private List<double[]> predict(Path file, Path table) throws Exception {
        Path out = folder.resolve("out.csv");
        Process python = new ProcessBuilder(
                        "python3", "src/site/examples/flux4j_model.py", file.toString(), table.toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(python.waitFor()).isZero();
        return Files.readAllLines(out).stream()
                .skip(1)
                .map(line -> Stream.of(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }

    private static void assertSame(List<double[]> python, double[][] java) {
        assertThat(python).hasSize(java.length);
        for (int i = 0; i < java.length; i++) {
            for (int k = 0; k < java[i].length; k++) {
                assertThat(python.get(i)[k]).isCloseTo(java[i][k], within(FLOAT32 * Math.max(1, Math.abs(java[i][k]))));
            }
        }
    }

    @Test
    void aRegressionWithGapsDatesAndTexts() throws Exception {
        Table cars = Table.read(CARS);
        FittedRegressor model =
                Learn.regressor().embeddings(2).epochs(5).networks(2).seed(1).fit(cars, "Miles_per_Gallon");
        Path file = folder.resolve("model.flux4j");
        model.save(file);
        assertSame(predict(file, CARS), model.predictAll(cars));
    }

    /** A file of one network, with a curve, periodic functions and the logarithm of its target. */
    @Test
    void aLogarithmOfOneNetwork() throws Exception {
        Path file = Path.of("src/core/test/resources/io/github/flux4j/io/schema1/regressor-logarithm.flux4j");
        Path rows = Files.writeString(folder.resolve("rows.csv"), "x,heavy\n2,7.5\n,0.01\n6,\n");
        assertSame(predict(file, rows), FittedRegressor.load(file).predictAll(Table.read(rows)));
    }

    @Test
    void residualBlocksAndNormalisations() throws Exception {
        Table iris = Table.read(IRIS);
        FittedClassifier model = Learn.classifier()
                .network(Learn.resMlp(16, 2))
                .epochs(5)
                .networks(2)
                .seed(1)
                .fit(iris, "species");
        Path file = folder.resolve("model.flux4j");
        model.save(file);
        assertSame(predict(file, IRIS), model.probabilities(iris));
    }
}
