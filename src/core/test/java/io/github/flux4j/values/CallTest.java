package io.github.flux4j.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "relu",
                "chain(dense(8, 64, relu), dropout(0.1), dense(64, 1))",
                "adam(0.001, 0.9, 0.999, 1e-8)",
                "exp(start=1e10, decay=-0.5)",
                "clipnorm(1, p=Infinity)",
                "scale(-0.0, NaN)",
                "β(-3)"
            })
    void textIsReadAndWrittenAlike(String text) {
        assertThat(Call.parse(text)).hasToString(text);
    }

    @Test
    void everyNumberComesBackToTheBit() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            Call call = new Call("f", List.of(new Call.Argument(null, number)));
            assertThat(Call.parse(call.toString())).isEqualTo(call);
        }
    }

    @Test
    void spacesAndEmptyParenthesesDoNotCount() {
        assertThat(Call.parse(" chain ( dense(1,2),\n relu( ) ) ")).hasToString("chain(dense(1, 2), relu)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|expected a name at character 1, but the text ends: \"\"",
                "dense(8|expected ',' or ')' at character 8, but the text ends: dense(8",
                "dense(8,)|expected a name at character 9, but there is ')': dense(8,)",
                "dense)|expected the end at character 6, but there is ')': dense)",
                "8|expected a name at character 1, but there is '8': 8",
                "f(a=b=c)|expected ',' or ')' at character 6, but there is '=': f(a=b=c)"
            })
    void whatDoesNotFitIsNamedWithItsPlace(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Call.parse(text))
                .satisfies(e -> assertThat(e.getMessage().strip())
                        .isEqualTo(message.replace("\"\"", "").strip()));
    }

    @Test
    void hostileTextIsRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Call.parse("f(".repeat(100_000)))
                .withMessageContaining("at most 16 nested calls");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Call.parse("x".repeat(2_000_000)))
                .withMessage("the text has 2000000 characters, but may have 1048576 at most");
    }
}
