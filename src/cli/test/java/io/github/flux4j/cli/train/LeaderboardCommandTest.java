package io.github.flux4j.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.cli.CommandRun;
import io.github.flux4j.learn.Evaluation.Contender;
import io.github.flux4j.learn.Fitted;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class LeaderboardCommandTest {

    @TempDir
    private Path folder;

    @Test
    void theBestOfOursIsSaved() throws IOException {
        String out = folder.resolve("best.flux4j").toString();
        CommandRun run = CommandRun.of(
                "leaderboard", "src/site/data/iris.csv", "--target", "species", "--minutes", "0.00001", "--out", out);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("linear has the lowest log loss, ")
                .contains("wide was skipped: ", "model: " + out + ", linear");
        assertThat(Fitted.load(Path.of(out)).report().notes())
                .anyMatch(note -> note.startsWith("linear has the lowest"));
        assertThat(run.err()).startsWith("linear ...");
    }

    @Test
    void whatIsNoneOfItsOptionsIsRefused() {
        CommandRun tuned =
                CommandRun.of("leaderboard", "src/site/data/iris.csv", "--target", "species", "--tune", "eta=1,2");
        assertThat(tuned.err()).contains("leaderboard brings its own candidates and folds");
        assertThat(tuned.code()).isEqualTo(2);
        CommandRun run =
                CommandRun.of("leaderboard", "src/site/data/iris.csv", "--target", "species", "--with", "catboost");
        assertThat(run.err()).contains("--with must be xgboost, but was catboost");
        assertThat(run.code()).isEqualTo(2);
    }

    /** Oracle: targets that trees can have nearly as they are. Maven may have no way to the library, then there is nothing to try. */
    @Test
    @Tag("process")
    void boostedTreesLearnNumbersGapsAndTexts() {
        BoostedTrees trees = fetched();
        int rows = 400;
        Numbers x = Numbers.of(
                "x",
                IntStream.range(0, rows)
                        .mapToDouble(i -> i % 11 == 0 ? Double.NaN : i % 7)
                        .toArray());
        Texts text = Texts.of(
                "t",
                IntStream.range(0, rows).mapToObj(i -> i % 2 == 0 ? "a" : "b").toList());
        double[] y = IntStream.range(0, rows)
                .mapToDouble(i -> (i % 11 == 0 ? 20 : i % 7) + (i % 2 == 0 ? 0 : 50))
                .toArray();
        Table table = Table.of(x, text, Numbers.of("y", y));
        Contender.Model numbers = trees.fit(table, "y", List.of(), 1);
        double[][] found = numbers.predict(table);
        assertThat(IntStream.range(0, rows).allMatch(i -> Math.abs(found[i][0] - y[i]) < 2))
                .isTrue(); // of 70, by steps of 0.05
        assertThat(numbers.bytes()).isPositive();
        double[][] classes =
                trees.fit(table.drop("y"), "t", List.of("a", "b", "never"), 1).predict(table.drop("y"));
        assertThat(classes[0]).hasSize(3);
        assertThat(classes[0][0] + classes[0][1] + classes[0][2]).isBetween(0.999, 1.001); // Float32
    }

    private static BoostedTrees fetched() {
        try {
            return BoostedTrees.fetched();
        } catch (IOException e) {
            throw new TestAbortedException(e.getMessage(), e);
        }
    }
}
