package io.github.flux4j.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.format.Features.Flag;
import io.github.flux4j.format.Features.Flags;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a preparation knows of the rows of training: each column's range, and rows to compare others with. */
class RangesAndBackgroundTest {

    private static final NumberFeature SIZE = NumberFeature.of("size", 2, 0, 10);
    private static final NumberFeature DAY =
            new NumberFeature("day", true, 1970, 1970, 1, Double.POSITIVE_INFINITY, List.of(), List.of());
    private static final TextFeature COLOUR = new TextFeature("colour", List.of("red", "blue"), null, false);
    private static final Features PLAIN = Features.of(List.of(SIZE, DAY, COLOUR));
    private static final Features KNOWN =
            PLAIN.within(Map.of("size", List.of(0.5, 100.0), "day", List.of(1970.0, 1980.0)));

    private static Map<String, Object> row(Object size, Object day, Object colour) {
        Map<String, Object> row = new HashMap<>();
        row.put("size", size);
        row.put("day", day);
        row.put("colour", colour);
        return row;
    }

    @Test
    void numbersBeyondTheirRangeAreFlaggedAndItsEndsAreNot() {
        assertThat(KNOWN.flags(row(0.5, "1980-01-01", "red"))).isEmpty();
        assertThat(KNOWN.flags(row(100, "1970-01-01", "blue"))).isEmpty();
        assertThat(KNOWN.flags(row(0.4, "1980-01-02", "green")))
                .containsExactly(
                        Map.entry("size", Flag.OUTSIDE),
                        Map.entry("day", Flag.OUTSIDE),
                        Map.entry("colour", Flag.UNKNOWN));
        assertThat(KNOWN.flags(row(null, "", "NA")).values())
                .containsOnly(Flag.MISSING)
                .hasSize(3);
        assertThat(KNOWN.flag(0, 100.5)).isEqualTo(Flag.OUTSIDE);
        assertThat(KNOWN.flag(0, 50)).isNull();
        assertThat(KNOWN.flag(0, Double.NaN)).isEqualTo(Flag.MISSING);
        assertThat(PLAIN.flags(row(1e300, "9999-01-01", "red"))).isEmpty();
        assertThat(KNOWN.ranges()).containsEntry("day", List.of(1970.0, 1980.0)).hasSize(2);
    }

    /** A level that stands for missing texts doesn't make them any less missing; one for others makes them known. */
    @Test
    void levelsThatStandForTextsDecideWhatIsFlagged() {
        Features gaps = Features.of(List.of(new TextFeature("colour", List.of("red", "none"), "none", false)));
        Features others = Features.of(List.of(new TextFeature("colour", List.of("red", "x"), null, false, null, true)));

        assertThat(gaps.flag(0, null)).isEqualTo(Flag.MISSING);
        assertThat(gaps.flag(0, "none")).isNull();
        assertThat(gaps.flag(0, "green")).isEqualTo(Flag.UNKNOWN);
        assertThat(others.flag(0, "green")).isNull();
        assertThat(others.flag(0, null)).isEqualTo(Flag.MISSING);
    }

    @Test
    void wordsShowTheRangeAsCellsAreWritten() {
        assertThat(KNOWN.words("size", Flag.OUTSIDE)).isEqualTo("outside 0.5 to 100");
        assertThat(KNOWN.words("day", Flag.OUTSIDE)).isEqualTo("outside 1970-01-01 to 1980-01-01");
        assertThat(KNOWN.words("day", Flag.MISSING)).isEqualTo("missing");
        Features large = PLAIN.within(Map.of("size", List.of(-1e15, 999_999_999_999_999.0)));
        assertThat(large.words("size", Flag.OUTSIDE)).isEqualTo("outside -1.0E15 to 999999999999999");
        double lastDay = NumberFeature.years(java.time.LocalDate.of(1972, 12, 31));
        assertThat(PLAIN.within(Map.of("day", List.of(-5e6, lastDay))).words("day", Flag.OUTSIDE))
                .isEqualTo("outside -999999-01-01 to 1972-12-31");
    }

    @Test
    void countsOfFlagsAddUp() {
        Flags some = KNOWN.count(List.of(KNOWN.flags(row(0, "1975-01-01", "green"))));
        Flags more = KNOWN.count(
                List.of(KNOWN.flags(row(101, "1975-01-01", null)), KNOWN.flags(row(null, "1960-01-01", "red"))));
        Flags all = some.plus(more);

        assertThat(all.of("size", Flag.OUTSIDE)).isEqualTo(2);
        assertThat(all.of(Flag.OUTSIDE)).isEqualTo(3);
        assertThat(all.of("colour", Flag.OUTSIDE)).isZero();
        assertThat(all.of("none", Flag.MISSING)).isZero();
        assertThat(all)
                .hasToString("size: 1 missing, 2 outside 0.5 to 100; colour: 1 missing, 1 unknown;"
                        + " day: 1 outside 1970-01-01 to 1980-01-01");
        assertThat(all.isEmpty()).isFalse();
        assertThat(KNOWN.count(List.of()).isEmpty()).isTrue();
    }

    @Test
    void aRangeIsTwoNumbersInOrderOfAColumnOfNumbers() {
        assertThat(PLAIN.within(Map.of("size", List.of(1.0, 1.0))).flag(0, 1)).isNull();
        for (Map<String, List<Double>> bad : List.of(
                Map.of("colour", List.of(0.0, 1.0)),
                Map.of("none", List.of(0.0, 1.0)),
                Map.of("size", List.of(1.0)),
                Map.of("size", List.of(1.0, 2.0, 3.0)),
                Map.of("size", List.of(2.0, 1.0)),
                Map.of("size", List.of(Double.NaN, 1.0)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PLAIN.within(bad))
                    .withMessageStartingWith("a range must be the least and the greatest number");
        }
    }

    @Test
    void aBackgroundIsPreparedLikeOtherRows() {
        List<List<Object>> rows = List.of(List.of(0.25, 1.0, 1971.0, "blue"), List.of(0.75, "", 1972.5, ""));
        Features compared = KNOWN.over(rows);

        assertThat(compared.background()).isEqualTo(rows);
        assertThat(compared.backgroundRows()).isDeepEqualTo(new double[][] {{10, 1, 0, 1}, {20, 2.5, 0, 0}});
        assertThat(compared.ranges()).isEqualTo(KNOWN.ranges());
        assertThat(PLAIN.over(List.of()).backgroundRows()).isEmpty();
    }

    @Test
    void aBackgroundsSharesAreAboveZeroAndAddUpToOne() {
        assertThat(PLAIN.over(List.of(share(0.1), share(0.2), share(0.7))).background())
                .hasSize(3);
        for (List<List<Object>> bad : List.of(
                List.of(share(0.5)),
                List.of(share(0.75), share(0.75)),
                List.of(share(0.0), share(1.0)),
                List.of(share(-0.5), share(1.5)),
                List.of(share("1")),
                List.of(share(Double.NaN)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PLAIN.over(bad))
                    .withMessage("the shares of a background's rows must be above 0 and add up to 1");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.over(List.of(List.of(1.0, 1.0, 1971.0))))
                .withMessageContaining("must have 3 values");
        assertThatIllegalArgumentException().isThrownBy(() -> PLAIN.over(List.of(List.of())));
    }

    private static List<Object> share(Object share) {
        return List.of(share, 1.0, 1971.0, "red");
    }

    @Test
    void columnsHaveDifferentNames() {
        for (List<Feature> bad : List.of(
                List.<Feature>of(), List.<Feature>of(SIZE, SIZE), Collections.<Feature>nCopies(100_001, SIZE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Features.of(bad))
                    .withMessageStartingWith("a preparation needs 1 to 100000 columns with different names");
        }
        List<NumberFeature> most = IntStream.range(0, 100_000)
                .mapToObj(i -> NumberFeature.of("c" + i, 0, 0, 1))
                .toList();
        assertThat(Features.of(most).width()).isEqualTo(100_000);
        assertThat(PLAIN.names()).containsExactly("size", "day", "colour");
        assertThat(PLAIN.list()).containsExactly(SIZE, DAY, COLOUR);
        assertThat(PLAIN.width()).isEqualTo(4);
    }

    @Test
    void anAbsentColumnIsMissingWhereThatIsAllowed() {
        Map<String, Object> sizeAlone = Map.of("size", 3);
        Features lenient = KNOWN.allowMissingColumns();

        assertThat(lenient.row(sizeAlone)).containsExactly(30, 0, 0, 0);
        assertThat(lenient.flags(sizeAlone)).containsOnlyKeys("day", "colour");
        assertThat(lenient.allowsMissingColumns()).isTrue();
        assertThat(lenient.ranges()).isEqualTo(KNOWN.ranges());
        assertThat(KNOWN.allowsMissingColumns()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KNOWN.row(sizeAlone))
                .withMessageContaining("a row must have \"day\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.rows(Arrays.asList(new double[1], new double[1])))
                .withMessageContaining("must have 3 values, \"size, day, colour\", but has 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Features.of(List.of(SIZE)).row("1", "2"))
                .withMessageContaining("must have 1 value, \"size\", but has 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Features.of(List.of(SIZE, DAY)).row(1.0))
                .withMessageContaining("must have 2 values, \"size, day\", but has 1");
    }
}
