package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.learn.Learn;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain} on the real command line: y is 2·a, and 20 more for red. */
class ExplainTest {

    private static final double SUM = 1e-6; // as promised

    /** Written by an earlier build, so without a background. */
    private static final String FROZEN = "src/core/test/resources/io/github/flux4j/io/schema1/regressor-plain.flux4j";

    @TempDir
    private static Path folder;

    private static FittedRegressor fitted;
    private static String model;

    @BeforeAll
    static void fit() throws IOException {
        Path rows = file(IntStream.rangeClosed(1, 100)
                .mapToObj(a -> a + "," + (a % 2 == 0 ? "red" : "blue") + "," + (2 * a + (a % 2 == 0 ? 20 : 0)))
                .collect(Collectors.joining("\n", "a,colour,y\n", "\n")));
        fitted = Learn.regressor().linear().networks(3).epochs(200).fit(Table.read(rows), "y");
        model = folder.resolve("line.flux4j").toString();
        fitted.save(Path.of(model));
    }

    private static Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "data", ".csv"), text);
    }

    private static String table(String text) throws IOException {
        return file(text).toString();
    }

    @Test
    void eachColumnHasALineWithItsValueAndWhatItAdds() throws IOException {
        CommandRun run = CommandRun.of("explain", model, table("colour,id,a\nred,x,90\nblue,y,\n"), "--row", "1");

        assertThat(run.code()).isZero();
        assertThat(run.out().lines().toList())
                .hasSize(3)
                .satisfies(lines -> assertThat(lines.get(0)).startsWith("row 1: y: "))
                .satisfies(lines -> assertThat(lines.get(1)).matches(" +a +90 +\\+\\d\\d\\.\\d\\d .*"))
                .satisfies(lines -> assertThat(lines.get(2)).matches(" +colour +red +\\+\\d+\\.\\d+ .*"));
    }

    @Test
    void jsonHasALineForEachRowThatAddsUp() throws IOException {
        CommandRun run = CommandRun.of("explain", model, table("a,colour\n90,red\n,blue\n"), "--json");

        assertThat(run.out().lines()).hasSize(2);
        JsonObject first =
                JsonParser.parseString(run.out().lines().toList().get(0)).getAsJsonObject();
        JsonObject why = first.getAsJsonObject("explanation");
        double sum = why.getAsJsonObject("values").asMap().values().stream()
                .mapToDouble(value -> value.getAsDouble())
                .sum();
        assertThat(first.get("row").getAsInt()).isOne();
        assertThat(why.get("background").getAsDouble() + sum)
                .isCloseTo(why.get("prediction").getAsDouble(), within(SUM));
        assertThat(why.get("prediction").getAsDouble())
                .isCloseTo(fitted.predict(Map.of("a", 90, "colour", "red")), within(1e-3)); // Float32 of about 200
    }

    @Test
    void rowsThatAreNotThereAndNamesThatAreNoneAreRefused() throws IOException {
        String rows = table("a,colour\n90,red\n");

        assertThat(CommandRun.of("explain", model, rows, "--row", "2").err()).contains("has 1 row", "[2]");
        assertThat(CommandRun.of("explain", model, rows, "--row", "0").err()).contains("from 1");
        assertThat(CommandRun.of("explain", model, rows, "--of", "z").err()).contains("z was named", "[y]");
        assertThat(CommandRun.of("explain", model, table("a\n90\n")).err()).contains("colour");
        assertThat(CommandRun.of("explain", model, table("a,colour\nx,red\n")).err())
                .contains("line 2");
        assertThat(CommandRun.of("explain", model, table("a,colour\n90,red\n"), "--row", "1", "--row", "1")
                        .code())
                .isZero();
    }

    @Test
    void aFileOfBeforeSaysWhatToDo() throws IOException {
        var features = io.github.flux4j.predict.Predictor.load(Path.of(FROZEN)).features();
        String cells = features.names().stream().map(name -> "").collect(Collectors.joining(","));

        CommandRun run =
                CommandRun.of("explain", FROZEN, table(String.join(",", features.names()) + "\n" + cells + "\n"));

        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("train and save the model again").hasLineCount(1);
    }
}
