package io.github.flux4j.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A column of texts as numbers: 1 for the text's level, 0 for others. */
class TextFeatureTest {

    private static final List<String> LEVELS = List.of("a", "b", "others");

    private static double[] written(TextFeature feature, Object value) {
        double[] into = {9, 9, 9, 9, 9};
        feature.write(value, into, 1);
        assertThat(into[0]).isEqualTo(into[4]).isEqualTo(9);
        return new double[] {into[1], into[2], into[3]};
    }

    @Test
    void theLastLevelMayStandForAllOtherTexts() {
        TextFeature others = new TextFeature("x", LEVELS, null, false, "b", true);

        assertThat(written(others, "b")).containsExactly(0, 1, 0);
        assertThat(written(others, "z")).containsExactly(0, 0, 1);
        assertThat(written(others, null)).containsExactly(0, 0, 0);
        assertThat(written(others, "NA")).containsExactly(0, 0, 0);
        assertThat(others.lastIsOther()).isTrue();
        assertThat(others.refusesUnknown()).isFalse();
        assertThat(others.refuses("z")).isFalse();
        assertThat(others.levels()).isEqualTo(LEVELS);
        assertThat(others.width()).isEqualTo(3);
    }

    @Test
    void truthValuesAreTheTwoLevelsThatMeanThem() {
        for (List<String> levels : List.of(List.of("nein", "ja"), List.of("No", "Yes"), List.of("FALSE", "TRUE"))) {
            TextFeature flag = new TextFeature("x", levels, null, true);

            assertThat(flag.place(true)).isEqualTo(1);
            assertThat(flag.place(false)).isZero();
        }
        TextFeature gaps = new TextFeature("x", List.of("ja", "nein", ""), "", true);
        assertThat(gaps.place(false)).isEqualTo(1);
        assertThat(gaps.place(null)).isEqualTo(2);
        for (List<String> levels : List.of(List.of("ja", "nein", "egal"), List.of("ja", "oui"), List.of("a", "b"))) {
            assertThat(new TextFeature("x", levels, null, false).place(true)).isEqualTo(-1);
        }
    }

    @Test
    void aLevelMayStandForAMissingText() {
        TextFeature strict = new TextFeature("x", LEVELS, "b", true);

        assertThat(written(strict, null)).containsExactly(0, 1, 0);
        assertThat(written(strict, "")).containsExactly(0, 1, 0);
        assertThat(strict.missing()).isEqualTo("b");
        assertThat(strict.refuses(null)).isFalse();
        assertThat(strict.refuses("a")).isFalse();
        assertThat(strict.refuses("z")).isTrue();
        assertThat(strict.refusesUnknown()).isTrue();
        assertThat(strict.lastIsOther()).isFalse();
        TextFeature neither = new TextFeature("x", LEVELS, null, true);
        assertThat(neither.refuses(null)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> neither.place(null))
                .withMessageEndingWith("but was given none");
    }

    @Test
    void aNumberIsTheTextOfItsDigits() {
        TextFeature numbers = new TextFeature("x", List.of("4", "2.5"), null, false);

        assertThat(numbers.place(4.0)).isZero();
        assertThat(numbers.place(4)).isZero();
        assertThat(numbers.place(2.5)).isEqualTo(1);
        assertThat(numbers.place(Double.NaN)).isEqualTo(-1);
    }

    @Test
    void anUnknownTextIsToldTheFirstSixLevels() {
        List<String> seven = List.of("a", "b", "c", "d", "e", "f", "g");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TextFeature("x", seven, null, true).place("z"))
                .withMessageContaining("one of its 7 texts, a, b, c, d, e, f, …, but was given");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TextFeature("x", seven.subList(0, 6), null, true).place("z"))
                .withMessageContaining("one of its 6 texts, a, b, c, d, e, f, but was given");
    }

    @Test
    void levelsThatContradictEachOtherAreRefused() {
        List<String> many = IntStream.rangeClosed(0, TextFeature.LEVELS)
                .mapToObj(String::valueOf)
                .toList();
        assertThat(new TextFeature("x", many.subList(1, many.size()), null, false).width())
                .isEqualTo(TextFeature.LEVELS);
        assertRefused("needs 1 to 100000 levels", () -> new TextFeature("x", many, null, false));
        assertRefused("needs 1 to 100000 levels", () -> new TextFeature("x", List.of(), null, false));
        assertRefused("has a level twice", () -> new TextFeature("x", List.of("a", "a"), null, false));
        assertRefused("no level z for missing", () -> new TextFeature("x", LEVELS, "z", false));
        assertRefused("no level z, its typical", () -> new TextFeature("x", LEVELS, null, false, "z", false));
        assertRefused("can't refuse", () -> new TextFeature("x", LEVELS, null, true, null, true));
    }

    private static void assertRefused(String message, Runnable feature) {
        assertThatIllegalArgumentException().isThrownBy(feature::run).withMessageContaining(message);
    }
}
