package io.github.flux4j.cli.show;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.format.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the training of a checkpoint stands.
 *
 * @param epoch how many epochs are behind it
 * @param ended whether it ended before its last
 * @param bestEpoch that of the lowest validation loss; 0 if there is none
 * @param bestLoss a number, or NaN or an infinity as text
 * @param steps how often the rule was applied
 * @param last what was written down of the last epoch, by name
 */
record Stand(
        int epoch,
        boolean ended,
        int bestEpoch,
        Object bestLoss,
        String rule,
        int steps,
        List<String> schedules,
        Map<String, Object> last) {

    private static final int MOST = 100_000;

    /** Of a checkpoint's JSON. */
    static Stand of(Map<String, Object> document) throws ModelFileException {
        JsonObject training = JsonObject.of("the training", document.get("training"));
        JsonObject optimiser = JsonObject.of("the optimiser", document.get("optimiser"));
        return new Stand(
                training.count("epoch"),
                training.flag("ended", false),
                training.count("bestEpoch"),
                training.values().get("bestLoss"),
                optimiser.text("rule"),
                optimiser.count("steps"),
                schedules(optimiser),
                last(JsonObject.of("the series", training.values().get("series"))));
    }

    private static List<String> schedules(JsonObject optimiser) throws ModelFileException {
        List<String> schedules = new ArrayList<>();
        for (Object each : optimiser.list("schedules", MOST)) {
            JsonObject schedule = JsonObject.of("a schedule", each);
            schedules.add(
                    schedule.text("name") + " follows " + schedule.text("schedule") + " per " + schedule.text("per"));
        }
        return schedules;
    }

    private static Map<String, Object> last(JsonObject series) throws ModelFileException {
        Map<String, Object> last = new LinkedHashMap<>();
        for (String name : series.values().keySet()) {
            List<?> values = series.list(name, MOST);
            if (!values.isEmpty()) {
                last.put(name, values.get(values.size() - 1));
            }
        }
        return last;
    }

    /** For JSON. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("epoch", epoch);
        facts.put("ended", ended);
        facts.put("bestEpoch", bestEpoch);
        facts.put("bestLoss", bestLoss);
        facts.put("rule", rule);
        facts.put("steps", steps);
        facts.put("schedules", schedules);
        facts.put("last", last);
        return facts;
    }
}
