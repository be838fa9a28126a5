package io.github.flux4j.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.cli.CommandRun;
import io.github.flux4j.learn.Fitted;
import io.github.flux4j.learn.Learn;
import io.github.flux4j.table.Csv;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code model-card}, from a model's file alone. */
class CardTest {

    @TempDir
    private Path folder;

    private String numbers() throws IOException {
        Path file = folder.resolve("cars.flux4j");
        Learn.regressor()
                .networks(3)
                .epochs(3)
                .fit(Table.read(Path.of("src/site/data/auto-mpg.csv")), "Miles_per_Gallon")
                .save(file);
        return file.toString();
    }

    @Test
    void saysWhatItIsForHowGoodItIsAndWhereItComesFrom() throws IOException {
        String file = numbers();
        Path words = Files.writeString(folder.resolve("words.md"), "For fleets.\n\n**Not** for tax.\n");
        CommandRun run = CommandRun.of("model-card", file, "--words", words.toString());
        Fitted model = Fitted.load(Path.of(file));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith(
                        "# A model of Miles\\_per\\_Gallon\n\n## Use\n\nIt predicts numbers, from 7 columns: Cylinders, ")
                .contains("For fleets.\n\n**Not** for tax.\n")
                .containsPattern(
                        "\\| rms \\| [\\d.]+ \\(95 % interval of the mean of 3 shares: [\\d.]+ to [\\d.]+\\); ridge regression 3")
                .contains(
                        " 90 % intervals are ",
                        " of the held-out rows, by thirds of the prediction ",
                        "## Limits",
                        "Training had no numbers outside these ranges: Cylinders 3",
                        "| Name | dropped")
                .containsPattern(
                        "## Where it fails\n\n\\| rows \\| mean absolute error on .*\n.*\n\\| \\w+: .* \\| [\\d.]+, [\\d.]+ to [\\d.]+, of \\d+ rows")
                .contains("| SHA-256 of the table | "
                        + model.report().provenance().table() + " |")
                .containsPattern("\\| training \\| [\\d.]+ s, 3 networks, \\d epochs?, seed 0 \\|")
                .contains("| rows without Miles\\_per\\_Gallon | 8 dropped |");
        assertThat(CommandRun.of("model-card", file).out())
                .contains("Its makers have made no statement on intended and unintended use");
    }

    /** Recall by hand: the diagonal of the report's confusion over its row. */
    @Test
    void classesHaveALineEach() throws IOException {
        Path file = folder.resolve("iris.flux4j");
        Fitted iris =
                Learn.classifier().networks(3).epochs(20).fit(Table.read(Path.of("src/site/data/iris.csv")), "species");
        iris.save(file);
        long right = Math.round(
                100 * iris.report().unseen().labels().confusion().get(0).get(0) / 50.0);
        assertThat(CommandRun.of("model-card", file.toString()).out())
                .contains("## By class\n\n| class | recall on held-out rows |\n")
                .containsPattern("\\| setosa \\| " + right + "(\\.0)? % of 50 \\|");
    }

    @Test
    void aLineHasItsEquation() throws IOException {
        Path file = folder.resolve("line.flux4j");
        Learn.regressor()
                .linear()
                .fit(Table.read(Path.of("src/site/data/article.csv")), "y")
                .save(file);
        assertThat(CommandRun.of("model-card", file.toString()).out())
                .contains(
                        "## Equation\n\ny = 1.0000 + 1.0000·x\n\n| coefficient | estimate | standard error | 95 % interval |\n|---|---|---|---|\n| constant | 1.0000 | ")
                .containsPattern("\\| training \\| [\\d.]+ s, a line, seed 0 \\|");
    }

    @Test
    void namesOfColumnsAreNeitherMarkdownNorHtml() throws IOException {
        String rows = IntStream.range(0, 40)
                .mapToObj(i -> i + "," + i % 7 + "," + i * 2)
                .collect(Collectors.joining("\n"));
        Table table = Csv.csv().read(new StringReader("<script>alert(1)</script>,a|b,y\n" + rows + "\n"), "rows");
        Path file = folder.resolve("hostile.flux4j");
        Learn.regressor().networks(2).epochs(1).fit(table, "y").save(file);
        assertThat(CommandRun.of("model-card", file.toString()).out())
                .contains("\\<script>", "a\\|b")
                .doesNotContainPattern("(?<!\\\\)<script>");
        CommandRun page = CommandRun.of("model-card", file.toString(), "--html");
        assertThat(page.out())
                .startsWith("<!DOCTYPE html>")
                .contains("<h2>Limits</h2>", "&lt;script&gt;")
                .doesNotContain("<script>");
    }

    @Test
    void aFileOfBeforeHasACardWithoutWhatItDoesNotKnow() {
        String old = "src/core/test/resources/io/github/flux4j/io/schema1/regressor-plain.flux4j";
        CommandRun run = CommandRun.of("model-card", old);
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("## Quality", "## How it was made").doesNotContain("SHA-256");
    }
}
