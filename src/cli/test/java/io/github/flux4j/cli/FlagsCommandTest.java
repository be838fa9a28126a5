package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.learn.Learn;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows unlike those of training, on the real command line: a from 1 to 100, red or blue. */
class FlagsCommandTest {

    /** Written by an earlier build, so without ranges. */
    private static final String FROZEN = "src/core/test/resources/io/github/flux4j/io/schema1/regressor-plain.flux4j";

    @TempDir
    private static Path folder;

    private static String model;
    private static String training;

    @BeforeAll
    static void fit() throws IOException {
        training = file(IntStream.rangeClosed(1, 100)
                .mapToObj(a -> a + "," + (a % 2 == 0 ? "red" : "blue") + "," + 2 * a)
                .collect(Collectors.joining("\n", "a,colour,y\n", "\n")));
        model = folder.resolve("line.flux4j").toString();
        Learn.regressor()
                .beyond("range")
                .networks(3)
                .epochs(20)
                .fit(Table.read(Path.of(training)), "y")
                .save(Path.of(model));
    }

    private static String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "data", ".csv"), text)
                .toString();
    }

    @Test
    void flagsStandInTheRowAndAreCountedOnceAtTheEnd() throws IOException {
        String rows = file("id,colour,more,a\n\"7,a\",red,x,50\n8,green,x,1000\n9,,x,\n");

        CommandRun run =
                CommandRun.of("predict", model, rows, "--with", "id", "--with", "more", "--flags", "--interval", "0.9");

        assertThat(run.code()).isZero();
        assertThat(run.out().lines().toList().get(0)).isEqualTo("id,more,prediction,low,high,flags");
        assertThat(run.out().lines().toList().get(1)).matches("\"7,a\",x,[\\d.]+,[\\d.]+,[\\d.]+,");
        assertThat(run.out().lines().toList().get(2))
                .matches(
                        "8,x,[\\d.]+,,,colour unknown; a outside 1 to 100|8,x,[\\d.]+,,,a outside 1 to 100; colour unknown");
        assertThat(run.err())
                .hasLineCount(1)
                .contains("a: 1 missing, 1 outside 1 to 100", "colour: 1 missing, 1 unknown", "no bounds");
    }

    @Test
    void jsonHasFlagsAndNullForBounds() throws IOException {
        CommandRun run = CommandRun.of(
                "predict", model, file("a,colour,id\n1000,red,5\n"), "--json", "--with", "id", "--at-least", "0.9");

        assertThat(run.out().strip())
                .matches(
                        "\\{\"id\":\"5\",\"prediction\":[\\d.]+,\"low\":null,\"flags\":\\{\"a\":\"outside 1 to 100\"}}");
    }

    @Test
    void aMissingColumnIsNamedUnlessItIsAllowed() throws IOException {
        String rows = file("a\n50\n");

        assertThat(CommandRun.of("predict", model, rows).err()).contains("colour", "--allow-missing-columns");
        CommandRun allowed = CommandRun.of("predict", model, rows, "--allow-missing-columns");
        assertThat(allowed.code()).isZero();
        assertThat(allowed.out())
                .isEqualTo(
                        CommandRun.of("predict", model, file("a,colour\n50,\n")).out());
        assertThat(allowed.err()).contains("colour: 1 missing");
        assertThat(CommandRun.of("predict", model, file("b\n50\n"), "--allow-missing-columns")
                        .code())
                .isOne();
    }

    @Test
    void carriedColumnsMustBeThereOnceAndHaveNamesOfTheirOwn() throws IOException {
        String rows = file("a,colour,prediction\n50,red,1\n");

        assertThat(CommandRun.of("predict", model, rows, "--with", "prediction").err())
                .contains("one of the answer's");
        assertThat(CommandRun.of("predict", model, rows, "--with", "a", "--with", "a")
                        .err())
                .contains("twice");
        assertThat(CommandRun.of("predict", model, rows, "--with", "id").err())
                .contains("no column named id")
                .doesNotContain("allow-missing");
        assertThat(CommandRun.of("predict", model, rows, "--with", "a").out()).startsWith("a,prediction\n50,");
    }

    @Test
    void evaluateSaysThatRowsAreThoseOfTraining() throws IOException {
        assertThat(CommandRun.of("evaluate", model, training).out())
                .contains("these are rows that the model was trained on");
        assertThat(CommandRun.of("evaluate", model, training, "--json").out()).contains("\"trainedOn\":1.0");
        assertThat(CommandRun.of("evaluate", model, file("a,colour,y\n1.5,red,3\n2.5,blue,5\n"))
                        .out())
                .doesNotContain("trained on");
    }

    @Test
    void aFileOfAnEarlierBuildHasNoRanges() throws IOException {
        var features = io.github.flux4j.predict.Predictor.load(Path.of(FROZEN)).features();
        String names = String.join(",", features.names());
        String cells = features.list().stream()
                .map(feature -> feature instanceof io.github.flux4j.format.NumberFeature ? "1e6" : "?")
                .collect(Collectors.joining(","));

        CommandRun run = CommandRun.of("predict", FROZEN, file(names + "\n" + cells + "\n"), "--flags");

        assertThat(run.code()).isZero();
        assertThat(run.out()).doesNotContain("outside");
    }
}
