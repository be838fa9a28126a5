package io.github.flux4j.predict;

import static io.github.flux4j.predict.ModelFileTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.files.JsonText;
import io.github.flux4j.internal.format.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON: what is written is read, strictly. */
class JsonTest {

    @Test
    void whatIsWrittenIsRead() throws ModelFileException {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(
                "numbers",
                List.of(0.0, -0.0, 1.0, 0.1, -1e-300, Double.MAX_VALUE, Double.MIN_VALUE, 9007199254740991.0, 1e17));
        object.put("texts", List.of("", "ä€😀", "\"\\\n\u0000\u2028</script>"));
        object.put("flags", List.of(true, false));
        object.put("empty", Map.of("", List.of()));

        assertThat(Json.readObject(JsonText.write(object))).isEqualTo(object);
    }

    @Test
    void wholeNumbersOfAnyTypeAreWrittenWithoutPoint() {
        assertThat(JsonText.write(Map.of("a", 3.0))).isEqualTo("{\"a\":3}");
        assertThat(JsonText.write(Map.of("a", 3))).isEqualTo("{\"a\":3}");
        assertThat(JsonText.write(Map.of("a", 1L << 53))).isEqualTo("{\"a\":9.007199254740992E15}");
    }

    @Test
    void noLocaleChangesANumber() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(JsonText.write(Map.of("a", 1234567.5))).isEqualTo("{\"a\":1234567.5}");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "[]",
                "{",
                "{}}",
                "{} 1",
                "{'a':1}",
                "{a:1}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":1e999}",
                "{\"a\":null}",
                "{\"a\":TRUE}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":1}// end",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"",
                ")]}'\n{}",
                "{\"a\"=1}",
                "{\"a\":1;\"b\":2}"
            })
    void whatIsNoStrictObjectIsRefused(String text) {
        assertRefused(() -> Json.readObject(text), "expected");
    }

    @Test
    void sixteenLevelsAreReadAndWrittenAndNotOneMore() throws ModelFileException {
        Map<String, Object> deep = Map.of("a", nested(15));
        assertThat(Json.readObject(JsonText.write(deep))).isEqualTo(deep);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonText.write(Map.of("a", nested(16))))
                .withMessageContaining("at most 16");
        assertRefused(() -> Json.readObject("{\"a\":" + nested(16) + "}"), "at most 16 levels");
        String endless = String.join("", Collections.nCopies(1_000_000, "["));
        assertRefused(() -> Json.readObject("{\"a\":" + endless), "at most 16 levels");
    }

    private static List<?> nested(int lists) {
        List<?> nested = List.of();
        for (int i = 1; i < lists; i++) {
            nested = List.of(nested);
        }
        return nested;
    }

    @Test
    void moreValuesThanFitAHeapAreRefused() {
        String many = "{\"a\":[" + String.join(",", Collections.nCopies(500_000, "1")) + "]}";
        assertRefused(() -> Json.readObject(many), "at most 500000 values");
    }

    @Test
    void longTextIsCutInMessagesAndStaysInOneLine() {
        String name = String.join("", Collections.nCopies(100_000, "x\\n"));
        assertRefused(() -> Json.readObject("{\"" + name + "\":1,\"" + name + "\":1}"), "x?x?", "…\" is there twice");
    }

    @Test
    void whatJsonCantHoldIsNotWritten() {
        for (Object value :
                Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY, Long.MAX_VALUE, new int[0], 'c', null, "\ud800")) {
            Map<String, Object> object = new HashMap<>();
            object.put("a", new ArrayList<>(Collections.singletonList(value)));
            assertThatIllegalArgumentException().isThrownBy(() -> JsonText.write(object));
        }
    }

    @Test
    void whatWasReadCantBeChanged() throws ModelFileException {
        Map<String, Object> read = Json.readObject("{\"a\":[{}]}");
        org.assertj.core.api.Assertions.assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> read.put("b", 1.0));
    }
}
