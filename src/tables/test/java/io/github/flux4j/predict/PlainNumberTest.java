package io.github.flux4j.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.table.Csv;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One rule for numbers in text: predictions take what training's reader takes. */
class PlainNumberTest {

    private static final NumberFeature X = NumberFeature.of("x", Double.NaN, 0, 1);

    private static boolean isNumberOfTraining(String text) throws IOException {
        Table table = Csv.csv().read(new StringReader("x;y\n" + text + ";1\n" + text + ";2\n"), "it");
        return table.column("x") instanceof Numbers numbers && numbers.missing() == 0;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "3",
                "+3",
                "-3",
                "3.5",
                ".5",
                "5.",
                "+.5",
                "-5.",
                "1e3",
                "1E3",
                "1e+3",
                "1.5e-3",
                ".5e0",
                "5.e1",
                " 3 ",
                "4.9e-324",
                "1e-999"
            })
    void plainNumbersAreTaken(String text) throws IOException {
        assertThat(isNumberOfTraining(text)).isTrue();
        assertThat(NumberFeature.parse(text)).isEqualTo(Double.parseDouble(text));
        assertThat(X.number(text)).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1d",
                "1f",
                "1D",
                "0x1p3",
                "0x10",
                "Infinity",
                "-Infinity",
                "1e999",
                ".",
                "+",
                "-",
                "e3",
                "1e",
                "1e+",
                "1 2",
                "1_0",
                "--1",
                "+-1",
                "1.2.3",
                "true",
                "١",
                "１"
            })
    void othersAreNone(String text) throws IOException {
        assertThat(isNumberOfTraining(text)).isFalse();
        assertThat(NumberFeature.parse(text)).isNaN();
    }

    /** Training takes it for a code; a model of numbers reads it as earlier ones did. */
    @Test
    void aLeadingZeroIsNoHindranceInAColumnOfNumbers() throws IOException {
        assertThat(isNumberOfTraining("03")).isFalse();
        assertThat(NumberFeature.parse("03")).isEqualTo(3);
        assertThat(X.number("03")).isEqualTo(3);
    }

    /** In time that grows with its length alone. */
    @Test
    void aLongTextIsReadOnce() {
        assertThat(NumberFeature.parse("1".repeat(1_000_000) + "x")).isNaN();
        assertThat(NumberFeature.parse("1".repeat(300))).isEqualTo(Double.parseDouble("1".repeat(300)));
    }
}
