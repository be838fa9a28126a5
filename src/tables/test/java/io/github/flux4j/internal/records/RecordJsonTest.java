package io.github.flux4j.internal.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.files.JsonText;
import io.github.flux4j.internal.format.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

    private record Place(int x, double y) {}

    private record Case(
            @Key("called") String name,
            @Key(inline = true) Place place,
            List<Double> values,
            Map<String, List<Integer>> counts,
            TimeUnit unit,
            Duration elapsed,
            List<Place> more,
            @Key(optional = true) String note) {}

    private static final Case ONE = new Case(
            "one",
            new Place(3, Double.NEGATIVE_INFINITY),
            List.of(0.5, Double.NaN),
            Map.of("a", List.of(1, 2)),
            TimeUnit.SECONDS,
            Duration.ofMillis(1500),
            List.of(new Place(0, -1)),
            null);

    private static Map<String, Object> json() throws ModelFileException {
        return new LinkedHashMap<>(Json.readObject(JsonText.write(RecordJson.PLAIN.of(ONE))));
    }

    @Test
    void aRecordIsReadAsItWasWritten() throws ModelFileException {
        assertThat(RecordJson.PLAIN.read(Case.class, "the case", json())).isEqualTo(ONE);
    }

    /** What files have: keys of their own, numbers that are not finite as texts, seconds, constants in lower case, no key for null. */
    @Test
    void writesWhatFilesHave() throws ModelFileException {
        assertThat(json())
                .containsOnlyKeys("called", "x", "y", "values", "counts", "unit", "elapsed", "more")
                .containsEntry("y", "-Infinity")
                .containsEntry("values", List.of(0.5, "NaN"))
                .containsEntry("unit", "seconds")
                .containsEntry("elapsed", 1.5);
    }

    @Test
    void storesOtherKindsAsThoseThatAreKnown() throws ModelFileException {
        RecordJson known = RecordJson.PLAIN.with(
                Place.class,
                double[].class,
                place -> new double[] {place.x, place.y},
                two -> new Place((int) two[0], two[1]));
        record Places(List<Place> all) {}
        Places places = new Places(List.of(new Place(1, 2), new Place(3, Double.NaN)));
        Map<String, Object> json = Json.readObject(JsonText.write(known.of(places)));
        assertThat(json).containsEntry("all", List.of(List.of(1.0, 2.0), List.of(3.0, "NaN")));
        assertThat(known.read(Places.class, "places", json)).isEqualTo(places);
    }

    @Test
    void whatIsMissingOrOfAnotherKindIsRefusedByItsKey() throws ModelFileException {
        Map<String, Object> changed = json();
        changed.remove("called");
        refuses(changed, "expected a text as called of the case, but got nothing");
        changed = json();
        changed.put("x", 1.5);
        refuses(changed, "expected a whole number as x of the case, but got 1.5");
        changed = json();
        changed.put("unit", "weeks");
        refuses(changed, "unit of the case is unknown, weeks; update flux4j to read it");
    }

    private static void refuses(Map<String, Object> json, String message) {
        assertThatThrownBy(() -> RecordJson.PLAIN.read(Case.class, "the case", json))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(message);
    }
}
