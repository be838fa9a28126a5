package io.github.flux4j.learn;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.files.RecordJson;
import io.github.flux4j.internal.format.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reports as the JSON of a model file. */
final class ReportJson {

    private static final String UNSEEN = "unseen";

    private static final RecordJson<Report> REPORT = new RecordJson<>(
            Report.class,
            Map.of(
                    "leftOutLosses", "heldOutLosses",
                    "leftOut", "heldOut",
                    "epochs", "epochSeconds",
                    "elapsed", "seconds"));

    private ReportJson() {}

    static Map<String, Object> of(Report report) {
        Map<String, Object> json = REPORT.write(report, UNSEEN);
        json.put(UNSEEN, UnseenJson.of(report.unseen()));
        return json;
    }

    /** What older files may lack is empty. */
    static Report read(JsonObject json) throws ModelFileException {
        Map<String, Object> given = new HashMap<>();
        given.put(UNSEEN, UnseenJson.read(json));
        given.put("environment", Map.of());
        List.of("targets", "epochs", "notes").forEach(list -> given.put(list, List.of()));
        return REPORT.read(json, given);
    }
}
