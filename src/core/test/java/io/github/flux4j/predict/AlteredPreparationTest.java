package io.github.flux4j.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.format.ModelFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Files with a right checksum whose preparation has numbers that no training gives: refused, or they predict from what training had. */
class AlteredPreparationTest {

    private static final double[] NUMBERS = {
        0, 1, -1, 1e-300, -Double.MIN_VALUE, 1e39, 1e200, -1e300, Double.MAX_VALUE, -Double.MAX_VALUE
    };

    private final SplittableRandom random = new SplittableRandom(5);

    private Object altered(double number) {
        return random.nextInt(4) == 0 ? NUMBERS[random.nextInt(NUMBERS.length)] : number;
    }

    private Map<String, Object> preparation() {
        Map<String, Object> feature = new LinkedHashMap<>();
        feature.put("name", "a");
        feature.put("type", "number");
        feature.put("missing", altered(2));
        feature.put("center", altered(1));
        feature.put("scale", altered(0.5));
        if (random.nextBoolean()) {
            feature.put("clip", altered(3));
        }
        feature.put("frequencies", List.of(altered(0.5)));
        feature.put("phases", List.of(altered(0.25)));
        feature.put("curve", Map.of("at", List.of(altered(0), altered(4)), "values", List.of(altered(-1), altered(1))));
        return feature;
    }

    private Predictor altered() throws IOException {
        Map<String, Object> document = SampleFiles.document(SampleFiles.dense(3, 1, "identity"));
        document.put("features", List.of(preparation()));
        document.put("ranges", Map.of("a", List.of(0.5, 3.5)));
        return SampleFiles.predictor(SampleFiles.ofDocument(document));
    }

    @Test
    void areRefusedOrPredictFromTheEndsOfTrainingsRangeAndFromGaps() throws IOException {
        List<String> refusals = new ArrayList<>();
        int read = 0;
        for (int i = 0; i < 3000; i++) {
            try {
                Predictor model = altered();
                read++;
                assertThat(model.predict(0.5)).hasSize(1);
                assertThat(model.predict(3.5)).hasSize(1);
                assertThat(model.predict(Double.NaN)).hasSize(1);
            } catch (ModelFileException e) {
                refusals.add(e.getMessage());
            } catch (IllegalArgumentException e) { // of the writer, which reads what it writes
                assertThat(e).hasCauseInstanceOf(ModelFileException.class);
                refusals.add(e.getCause().getMessage());
            }
        }
        assertThat(read).isBetween(300, 2700);
        assertThat(refusals).allMatch(message -> message.endsWith("; it was not written by flux4j"));
        assertThat(refusals).anyMatch(message -> message.contains("was expected to make finite numbers of"));
    }

    /** Beyond the range nothing is known at loading. */
    @Test
    void aFiniteRowThatTheyCantTakeIsNotSaidToBeNaN() throws IOException {
        Map<String, Object> document = SampleFiles.document(SampleFiles.dense(1, 1, "identity"));
        document.put(
                "features", List.of(Map.of("name", "a", "type", "number", "center", -Double.MAX_VALUE, "scale", 0)));
        Predictor model = SampleFiles.predictor(SampleFiles.ofDocument(document));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict(1e308))
                .withMessage("row 0: column \"a\" can't be 1.0E308, which the model's preparation of it makes NaN");
    }
}
