package io.github.flux4j.serve;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.csv.CsvSettings;
import io.github.flux4j.format.Features.Flag;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.Target.Bounds;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What one model says of the rows of a request's body.
 *
 * @param model the one that was in use when the request began
 * @param counts takes the flags of each row
 * @param mostRows of a request
 */
record Predictions(Served model, Consumer<List<Map<String, Flag>>> counts, int mostRows) {

    private static final String SOURCE = "the body";
    private static final int MOST_EXPLAINED = 1000; // values, each of which takes as long as hundreds of predictions
    private static final Map<String, Bounds> BOUNDS =
            Map.of("interval", Bounds.BOTH, "at-least", Bounds.AT_LEAST, "at-most", Bounds.AT_MOST);

    /** As {@code interval=0.9} asks for, or {@code at-least=0.9}, or {@code at-most=0.9}. */
    Answers answers(Map<String, String> parameters) throws Refusal {
        Map<String, String> asked = new HashMap<>(parameters);
        asked.keySet().retainAll(BOUNDS.keySet());
        if (asked.size() > 1) {
            throw new Refusal(400, "expected only one of interval, at-least and at-most, but got several");
        }
        Bounds bounds = Bounds.BOTH;
        Double level = null;
        for (Map.Entry<String, String> one : asked.entrySet()) {
            bounds = BOUNDS.get(one.getKey());
            level = NumberFeature.parse(one.getValue());
            if (level.isNaN()) {
                throw new Refusal(
                        400,
                        "expected a level such as " + one.getKey() + "=0.9, but got "
                                + ModelFileException.shown(one.getValue()));
            }
        }
        return new Answers(model.predictor(), bounds, level, "true".equals(parameters.get("flags")), List.of());
    }

    /** Throws if there are more rows than are taken. */
    void require(int rows) throws Refusal {
        if (rows > mostRows) {
            throw new Refusal(413, "expected at most " + mostRows + " rows per request, but got more; send fewer");
        }
    }

    /**
     * A row, or a list of them.
     *
     * @param explains whether each is explained, as {@code explain=1} asks for, and {@code of=NAME} of a target or a class
     */
    Reply ofJson(InputStream body, Answers answers, boolean explains, String of) throws IOException {
        int few = Math.max(1, MOST_EXPLAINED / model.inputs().features().size());
        Predictions within = explains ? new Predictions(model, counts, Math.min(few, mostRows)) : this;
        StringBuilder out = new StringBuilder();
        RowBatch batch = new RowBatch(within, answers, (row, answer, flags) -> {
            String more = explains
                    ? ",\"explanation\":" + Served.json(model.predictor().explainPrepared(row, of))
                    : "";
            answers.object(answer, flags, List.of(), more, out.append(out.isEmpty() ? "" : ","));
        });
        boolean isList = new JsonRows(new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder()), model.inputs())
                .read(batch::add);
        batch.flush();
        return Reply.of(200, Reply.JSON, (isList ? "[" + out + "]" : out) + "\n");
    }

    Reply ofCsv(InputStream body, Charset charset, Answers answers) throws IOException {
        CsvSettings csv = charset == null ? CsvSettings.DEFAULTS : CsvSettings.DEFAULTS.withCharset(charset);
        StringBuilder out = new StringBuilder(answers.header());
        RowBatch batch =
                new RowBatch(this, answers, (row, answer, flags) -> answers.row(answer, flags, List.of(), out));
        try (CsvBlocks blocks = CsvBlocks.of(body, SOURCE, csv)) {
            model.inputs().takeFrom(blocks, SOURCE);
            int rows = 0;
            for (CsvBlock block = blocks.next(null); block != null; block = blocks.next(block)) {
                rows += block.rows();
                require(rows);
                batch.predict(model.inputs().prepared(block, SOURCE));
            }
        }
        return Reply.of(200, Reply.CSV, out.toString());
    }
}
