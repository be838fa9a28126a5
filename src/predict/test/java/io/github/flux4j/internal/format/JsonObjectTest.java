package io.github.flux4j.internal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.format.ModelFileException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Values of a file's JSON: what each word takes, and what it says of others. */
class JsonObjectTest {

    private static JsonObject object(String json) throws ModelFileException {
        return JsonObject.of("the layer", Json.readObject(json.replace('\'', '"')));
    }

    private static void assertRefused(String message, ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOf(ModelFileException.class).hasMessageContaining(message);
    }

    @Test
    void numbersAreWithinTheirEnds() throws ModelFileException {
        JsonObject object = object("{'x': 0.5, 'text': 'y'}");

        assertThat(object.number("x")).isEqualTo(0.5);
        assertThat(object.number("x", 7)).isEqualTo(0.5);
        assertThat(object.number("z", 7)).isEqualTo(7);
        assertThat(object.number("x", 0.5, 0.5)).isEqualTo(0.5);
        assertRefused(
                "\"x\" of the layer must be a number from 0.6 to 1.0, but is 0.5", () -> object.number("x", 0.6, 1));
        assertRefused("a number from 0.0 to 0.4", () -> object.number("x", 0, 0.4));
        assertRefused("must be a number, but is the text \"y\"", () -> object.number("text"));
        assertRefused("must be a number, but is nothing", () -> object.number("z"));
    }

    @Test
    void wholeNumbersAreCountsFromZeroAndSizesFromOne() throws ModelFileException {
        JsonObject object =
                object("{'zero': 0, 'one': 1, 'most': 2147483647, 'more': 2147483648, 'half': 0.5, 'less': -1}");

        assertThat(object.count("zero")).isZero();
        assertThat(object.count("most")).isEqualTo(Integer.MAX_VALUE);
        assertThat(object.size("one")).isEqualTo(1);
        assertRefused("a whole number from 1 on, but is 0.0", () -> object.size("zero"));
        assertRefused("a whole number, but is 2.147483648E9", () -> object.count("more"));
        assertRefused("a whole number, but is 0.5", () -> object.count("half"));
        assertRefused("a whole number, but is -1.0", () -> object.count("less"));
    }

    @Test
    void textsAndFlagsMayHaveDefaults() throws ModelFileException {
        JsonObject object = object("{'text': 'y', 'flag': true, 'off': false, 'list': [], 'object': {}}");

        assertThat(object.text("text")).isEqualTo("y");
        assertThat(object.text("text", "z")).isEqualTo("y");
        assertThat(object.text("none", "z")).isEqualTo("z");
        assertThat(object.flag("flag", false)).isTrue();
        assertThat(object.flag("off", true)).isFalse();
        assertThat(object.flag("none", true)).isTrue();
        assertThat(object.flag("none", false)).isFalse();
        assertThat(object.has("off")).isTrue();
        assertThat(object.has("none")).isFalse();
        assertRefused("must be a text, but is true", () -> object.text("flag", "z"));
        assertRefused("must be true or false, but is a list", () -> object.flag("list", true));
        assertRefused("must be true or false, but is an object", () -> object.flag("object", true));
    }

    @Test
    void listsAreOfOneKindAndNoLongerThanAllowed() throws ModelFileException {
        JsonObject object = object("{'numbers': [1, 2], 'texts': ['a'], 'mixed': [1, 'a']}");

        assertThat(object.list("numbers", 2)).hasSize(2);
        assertThat(object.list("numbers", 2, Double.class)).containsExactly(1.0, 2.0);
        assertThat(object.list("texts", 1, String.class)).containsExactly("a");
        assertThat(object.list("none", 1, String.class)).isEmpty();
        assertRefused("a list of at most 1, but is a list", () -> object.list("numbers", 1));
        assertRefused("a list of texts", () -> object.list("mixed", 2, String.class));
        assertRefused("a list of numbers", () -> object.list("mixed", 2, Double.class));
    }

    @Test
    void aKeyThatIsUnknownMayBeOfANewerVersion() throws ModelFileException {
        JsonObject dense = object("{'type': 'dense', 'in': 1, 'bias': true}");

        dense.requireOnly("in", "bias");
        assertRefused("the layer, a \"dense\" has \"bias\", which this version", () -> dense.requireOnly("in"));
        assertRefused(
                "the layer has \"in\", which this version",
                () -> object("{'in': 1}").requireOnly());
        assertThat(dense.unknown("a layer", "type"))
                .hasMessageContaining("\"type\" of the layer must be a layer, but is the text \"dense\"")
                .hasMessageEndingWith("update flux4j to read it");
        assertRefused("the layer must be an object, but is a list", () -> JsonObject.of("the layer", List.of()));
        assertRefused("the layer must be an object, but is nothing", () -> JsonObject.of("the layer", null));
        assertThat(JsonObject.of("x", Map.of("a", 1.0)).number("a")).isEqualTo(1);
    }

    /** The first and the last surrogate are none without their other half; their neighbours are letters like others. */
    @Test
    void halvesOfPairsAreNoUnicode() {
        assertThat(List.of("\uD800", "x\uDFFF", "\uDC00\uD800", "\uDBFF")).noneMatch(Json::isUnicode);
        assertThat(List.of("", "\uD7FF", "\uE000", "\uD800\uDC00", "\uDBFF\uDFFF"))
                .allMatch(Json::isUnicode);
    }
}
