package io.github.flux4j.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.format.Json;
import io.github.flux4j.internal.format.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A record of each kind of component, through JSON as text. */
class RecordJsonTest {

    public enum Colour {
        DARK_RED
    }

    public record All(
            int count,
            double number,
            boolean flag,
            String text,
            Duration time,
            Colour colour,
            List<Double> numbers,
            Map<String, List<Integer>> counts) {}

    private static final RecordJson<All> ALL = new RecordJson<>(All.class, Map.of("time", "seconds"));

    private static final All VALUE = new All(
            3,
            Double.NaN,
            true,
            "a",
            Duration.ofMillis(1500),
            Colour.DARK_RED,
            List.of(-0.5, Double.NEGATIVE_INFINITY),
            Map.of("x", List.of(1, 2)));

    private static All read(Map<String, Object> json, Map<String, ?> given) throws IOException {
        return ALL.read(new JsonObject("the record", Json.readObject(JsonText.write(json))), given);
    }

    @Test
    void everyKindOfComponentComesBackAsItWas() throws IOException {
        assertThat(ALL.write(VALUE)).containsEntry("seconds", 1.5).containsEntry("colour", "dark_red");
        assertThat(read(ALL.write(VALUE), Map.of())).isEqualTo(VALUE);
    }

    @Test
    void whatIsNotThereIsWhatIsGiven() throws IOException {
        assertThat(read(ALL.write(VALUE, "flag"), Map.of("flag", false)).flag()).isFalse();
        assertThat(read(ALL.write(VALUE), Map.of("flag", false)).flag()).isTrue();
        assertThat(read(ALL.write(VALUE, "text"), Collections.singletonMap("text", null))
                        .text())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "count, 1.5, a whole number was expected as count of the record",
        "number, x, a number was expected as number of the record",
        "flag, x, true or false was expected",
        "text, 1.5, a text was expected",
        "seconds, x, a number was expected as seconds",
        "colour, green, update flux4j",
        "numbers, 1.5, a list was expected",
        "counts, 1.5, an object was expected"
    })
    void anotherKindIsRefusedByItsName(String key, String value, String message) {
        Map<String, Object> json = new LinkedHashMap<>(ALL.write(VALUE));
        json.put(key, value.equals("1.5") ? (Object) 1.5 : value);

        assertThatExceptionOfType(ModelFileException.class)
                .isThrownBy(() -> read(json, Map.of()))
                .withMessageContaining(message);
    }
}
