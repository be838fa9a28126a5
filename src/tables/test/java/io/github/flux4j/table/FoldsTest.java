package io.github.flux4j.table;

import static io.github.flux4j.table.Folds.holdout;
import static io.github.flux4j.table.Folds.kfold;
import static io.github.flux4j.table.Folds.leaveOneOut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.table.Folds.RowSplit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldsTest {

    private static final int ROWS = 103;

    /** 70 % of a class, 20 % of another, 10 % of a third; groups of 1 to 13 rows; a number. */
    private static final Table TABLE = Table.of(
            Numbers.of("x", IntStream.range(0, ROWS).asDoubleStream().toArray()),
            Texts.of("class", texts(i -> i % 10 < 7 ? "a" : i % 10 < 9 ? "b" : "c")),
            Texts.of("group", texts(i -> "group " + (int) Math.sqrt(2 * i))));

    private static List<String> texts(IntFunction<String> text) {
        return IntStream.range(0, ROWS).mapToObj(text).toList();
    }

    static List<Folds> folds() {
        return List.of(
                kfold(2),
                kfold(5),
                kfold(ROWS),
                kfold(5).stratified(),
                kfold(5).unshuffled(),
                kfold(5).unshuffled().stratified(),
                kfold(5).groupedBy("group"),
                kfold(5).repeats(3),
                kfold(4).repeats(2).groupedBy("group"),
                leaveOneOut(),
                leaveOneOut().groupedBy("group"));
    }

    @ParameterizedTest
    @MethodSource("folds")
    void everyRowIsTestedOnceARepeatByAllOthers(Folds folds) {
        List<RowSplit> splits = folds.of(TABLE, "class");
        int each = splits.size() / folds.repeats();

        for (int repeat = 0; repeat < folds.repeats(); repeat++) {
            assertThat(splits.subList(repeat * each, (repeat + 1) * each).stream()
                            .flatMapToInt(split -> Arrays.stream(split.test()))
                            .sorted())
                    .containsExactlyElementsOf(IntStream.range(0, ROWS).boxed().toList());
        }
        for (RowSplit split : splits) {
            assertThat(IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.test()))
                            .sorted())
                    .containsExactlyElementsOf(IntStream.range(0, ROWS).boxed().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10})
    void foldsDifferByOneRowAtMost(int k) {
        for (Folds folds : List.of(kfold(k), kfold(k).unshuffled(), kfold(k).stratified())) {
            assertThat(folds.of(TABLE, "class"))
                    .allMatch(split -> split.test().length == ROWS / k || split.test().length == ROWS / k + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10})
    void strataAreBalancedToOneRow(int k) {
        for (String level : List.of("a", "b", "c")) {
            List<Long> counts = kfold(k).stratified().of(TABLE, "class").stream()
                    .map(split -> Arrays.stream(split.test())
                            .filter(row -> TABLE.column("class").text(row).equals(level))
                            .count())
                    .toList();
            assertThat(counts.stream().mapToLong(c -> c).max().orElseThrow()
                            - counts.stream().mapToLong(c -> c).min().orElseThrow())
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void heldOutStrataAreBalanced() {
        RowSplit split = holdout(0.3).stratified().of(TABLE, "class").get(0);

        assertThat(split.test()).hasSize(31); // 30.9
        assertThat(levels(split.test())).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(Arrays.stream(split.test())
                        .filter(row -> TABLE.column("class").text(row).equals("c"))
                        .count())
                .isEqualTo(3); // of 10
    }

    private static Set<String> levels(int... rows) {
        return Arrays.stream(rows).mapToObj(TABLE.column("class")::text).collect(Collectors.toSet());
    }

    @Test
    void numbersOfClassesAreStrata() {
        Table table = Table.of(Numbers.of("y", 0, 0, 0, 1, 1, 1, Double.NaN, Double.NaN, Double.NaN));

        for (RowSplit split : kfold(3).stratified().of(table, "y")) {
            assertThat(Arrays.stream(split.test()).map(row -> row / 3)).containsExactly(0, 1, 2);
        }
    }

    @Test
    void groupsAreNeverSplit() {
        for (Folds folds : List.of(
                kfold(5).groupedBy("group"),
                kfold(5).repeats(3).groupedBy("group"),
                leaveOneOut().groupedBy("group"),
                holdout(0.3).groupedBy("group"),
                holdout(0.01).groupedBy("group"),
                holdout(0.99).groupedBy("group"))) {
            for (RowSplit split : folds.of(TABLE, "x")) {
                assertThat(split.test()).isNotEmpty();
                assertThat(split.train()).isNotEmpty();
                assertThat(groups(split.train())).doesNotContainAnyElementsOf(groups(split.test()));
            }
        }
    }

    private static Set<String> groups(int... rows) {
        return Arrays.stream(rows).mapToObj(TABLE.column("group")::text).collect(Collectors.toSet());
    }

    @Test
    void groupedFoldsAreNearlyEqual() {
        // 15 groups of up to 14 rows: the largest first makes them differ by less than a small group
        assertThat(kfold(4).groupedBy("group").of(TABLE, "x"))
                .allMatch(split -> Math.abs(split.test().length - ROWS / 4) <= 3);
    }

    @Test
    void aShareIsHeldOut() {
        List<RowSplit> splits = holdout(0.2).of(TABLE, "x");

        assertThat(splits).hasSize(1);
        assertThat(splits.get(0).test()).hasSize(21).isSorted(); // 20.6
        assertThat(splits.get(0).train()).hasSize(82).isSorted();
        assertThat(holdout(0.2).repeats(2).of(TABLE, "x")).hasSize(2);
    }

    /** scikit-learn 1.4.2: {@code TimeSeriesSplit(3).split(range(10))}. */
    @Test
    void inTimeEveryFoldIsTestedByWhatWasBefore() {
        Table ten = TABLE.rows(IntStream.range(0, 10).toArray());
        List<RowSplit> splits = kfold(3).inOrder().of(ten, "x");

        assertThat(splits.stream().map(RowSplit::train)).containsExactly(range(0, 4), range(0, 6), range(0, 8));
        assertThat(splits.stream().map(RowSplit::test)).containsExactly(range(4, 6), range(6, 8), range(8, 10));
        assertThat(holdout(0.2).inOrder().of(ten, "x").get(0).test()).containsExactly(8, 9);
    }

    @Test
    void inTimeAColumnSaysTheOrderAndRowsOfOneTimeStayTogether() {
        Table table = Table.of(Numbers.of("t", 5, 4, 3, 3, 3, 2, 2, 1, 1, 1));
        List<RowSplit> splits = kfold(3).orderedBy("t").of(table, "t");

        assertThat(splits.stream().map(RowSplit::train)).containsExactly(range(7, 10), range(5, 10), range(2, 10));
        assertThat(splits.stream().map(RowSplit::test)).containsExactly(range(5, 7), range(2, 5), range(0, 2));
        assertThat(holdout(0.2).orderedBy("t").of(table, "t").get(0).test()).containsExactly(0, 1);
        assertRefused(() -> kfold(5).orderedBy("t").of(table, "t"), "6 different times or more are needed for 5 folds");
    }

    @Test
    void inTimeAGroupLiesWhollyInItsLatestFold() {
        Table table = Table.of(
                Numbers.of("t", 1, 2, 3, 4, 5, 6, 7, 8),
                Texts.of("g", List.of("a", "b", "b", "c", "a", "d", "e", "d")));
        List<RowSplit> splits = kfold(3).orderedBy("t").groupedBy("g").of(table, "t"); // b 3, c 4, a 5, e 7, d 8

        assertThat(splits.stream().map(RowSplit::test))
                .containsExactly(new int[] {3}, new int[] {0, 4, 6}, new int[] {5, 7});
        assertThat(splits.get(1).train()).containsExactly(1, 2, 3);
    }

    /** scikit-learn 1.4.2: {@code KFold(3).split(range(10))}. */
    @Test
    void unshuffledFoldsAreBlocks() {
        assertThat(kfold(3).unshuffled().of(TABLE.rows(IntStream.range(0, 10).toArray()), "x").stream()
                        .map(RowSplit::test))
                .containsExactly(range(0, 4), range(4, 7), range(7, 10));
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    @Test
    void aSeedIsAnOrder() {
        Folds folds = kfold(5).repeats(2).seed(7);

        assertThat(tests(folds)).isEqualTo(tests(folds)).isNotEqualTo(tests(folds.seed(8)));
        assertThat(tests(folds).subList(0, 5))
                .as("repeats differ")
                .isNotEqualTo(tests(folds).subList(5, 10));
        assertThat(tests(kfold(2)).get(0))
                .as("those of seed 0, as first made here")
                .startsWith(3, 5, 8, 9, 10, 11);
    }

    private static List<List<Integer>> tests(Folds folds) {
        return folds.of(TABLE, "x").stream()
                .map(split -> Arrays.stream(split.test()).boxed().toList())
                .toList();
    }

    @Test
    void leavingOneOutOfManyRowsTakesNoSquareOfMemory() {
        Table table = Table.of(Numbers.of("x", new double[200_000])); // 160 GB if all were made

        List<RowSplit> splits = leaveOneOut().of(table, "x");

        assertThat(splits).size().isEqualTo(200_000);
        assertThat(splits.get(199_999).test()).containsExactly(199_999);
    }

    @Test
    void refusesWhatCantBeDivided() {
        assertRefused(() -> kfold(1), "k of 2 or more, but k was 1");
        assertRefused(() -> holdout(Double.NaN), "above 0 and below 1, but it was NaN");
        assertRefused(() -> holdout(1), "above 0 and below 1");
        assertRefused(() -> kfold(5).repeats(0), "repeats must be at least 1, but was 0");
        assertRefused(() -> kfold(5).unshuffled().repeats(2), "repeats need a random order");
        assertRefused(() -> leaveOneOut().repeats(2), "repeats need a random order");
        assertRefused(() -> kfold(5).stratified().groupedBy("group"), "both stratified and grouped");
        assertRefused(() -> kfold(5).stratified().inOrder(), "can't be stratified");
        assertRefused(() -> leaveOneOut().inOrder(), "the order of time needs folds or a share");
        assertRefused(
                () -> kfold(104).of(TABLE, "x"), "104 rows or more are needed for this many parts, but there are 103");
        assertRefused(() -> kfold(20).groupedBy("group").of(TABLE, "x"), "20 groups or more are needed");
        assertRefused(() -> kfold(103).inOrder().of(TABLE, "x"), "104 different times or more are needed");
        assertRefused(() -> kfold(5).of(TABLE, "y"), "there is no column named y; the nearest are x");
        assertRefused(
                () -> kfold(5).groupedBy("groop").of(TABLE, "x"),
                "there is no column named groop; the nearest are group");
        assertRefused(() -> holdout(0.001).of(TABLE, "x"), "a share of 0.001 leaves 0 of 103 rows to test on");
        Table gap = Table.of(Texts.of("g", Arrays.asList("a", null, "b")));
        assertRefused(
                () -> kfold(2).groupedBy("g").of(gap, "g"),
                "every row needs a group, but that of row 1 is missing in column g");
    }

    private static void assertRefused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
