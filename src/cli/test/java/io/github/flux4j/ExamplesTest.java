package io.github.flux4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The single-file programs of {@code src/site/examples}, compiled and run. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("src/site/examples");
    private static final Pattern ERROR = Pattern.compile("(a line|a network): +([0-9.]+)");

    @TempDir
    private Path folder;

    private String run(String name, String... arguments) throws Exception {
        return SourceProgram.run(EXAMPLES.resolve(name + ".java"), folder, arguments);
    }

    private static List<Double> errors(String printed) {
        Matcher matcher = ERROR.matcher(printed);
        return matcher.results()
                .map(result -> Double.parseDouble(result.group(2)))
                .toList();
    }

    /**
     * Twelve numbers and a text of houses, like Boston's in its shape, and a price that is no sum of them: the square of one number, a product
     * of two, noise of 2.
     */
    private Path houses(int rows) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        String header =
                IntStream.range(0, 12).mapToObj(i -> "x" + i).collect(Collectors.joining(",")) + ",river,price\n";
        String table = IntStream.range(0, rows)
                .mapToObj(row -> {
                    double[] x = random.doubles(12).toArray();
                    boolean river = random.nextInt(10) == 0;
                    double price = 20 + 10 * x[0] * x[0] + 10 * x[1] * x[2] + (river ? 5 : 0) + 2 * random.nextDouble();
                    return IntStream.range(0, 12)
                                    .mapToObj(i -> String.format(Locale.ROOT, "%.3f", x[i]))
                                    .collect(Collectors.joining(","))
                            + (river ? ",yes," : ",no,")
                            + String.format(Locale.ROOT, "%.2f", price);
                })
                .collect(Collectors.joining("\n"));
        return Files.writeString(folder.resolve("houses.csv"), header + table + "\n");
    }

    /** Who knows nothing but the mean is off by 7.8, the targets' standard deviation; the seed is fixed, and the bounds have room for another machine. */
    @Test
    void oneProcedureLearnsCarsByALineAndBetterByANetwork() throws Exception {
        String printed = run("Regression");
        assertThat(printed).startsWith("6 columns tell Miles_per_Gallon, in 392 rows");
        assertThat(errors(printed).get(0)).isBetween(2.5, 4.5);
        assertThat(errors(printed).get(1)).isLessThan(errors(printed).get(0));
    }

    @Test
    void theProcedureTakesATableOfOnesOwn() throws Exception {
        String printed = run("Regression", houses(300).toString(), "price");
        assertThat(printed).startsWith("12 columns tell price, in 300 rows");
        assertThat(errors(printed))
                .hasSize(2)
                .allSatisfy(error -> assertThat(error).isLessThan(3));
    }

    @Test
    void aTableOfOnesOwnGivesFoldsAModelAndAPage() throws Exception {
        Path report = folder.resolve("houses.html");
        String printed = run("OwnTable", houses(120).toString(), "price", report.toString());
        assertThat(printed)
                .contains("120 rows, 14 columns", "ridge: rms", "held-out rms", "the first row: ", "report: " + report);
        assertThat(report).content().startsWith("<!DOCTYPE html>").contains("A model of price");
    }

    @Test
    void allAreRun() throws IOException {
        try (Stream<Path> examples = Files.list(EXAMPLES)) {
            assertThat(examples.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java")))
                    .containsExactlyInAnyOrder("Regression.java", "OwnTable.java");
        }
    }
}
