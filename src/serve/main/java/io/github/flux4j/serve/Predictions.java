package io.github.flux4j.serve;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.csv.CsvSettings;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.serve.Inputs.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one model says of the rows of a request's body.
 *
 * @param model the one that was in use when the request began
 * @param counts what is told of the rows
 */
record Predictions(Served model, RowCounts counts, ServerSettings settings) {

    private static final String SOURCE = "the body";
    private static final int MOST_EXPLAINED = 1000; // values, each of which takes as long as hundreds of predictions
    private static final Map<String, Bounds> BOUNDS =
            Map.of("interval", Bounds.BOTH, "at-least", Bounds.AT_LEAST, "at-most", Bounds.AT_MOST);

    /** As {@code interval=0.9} asks for, or {@code at-least=0.9}, or {@code at-most=0.9}. */
    Answers answers(Map<String, String> parameters) throws Refusal {
        Map<String, String> asked = new HashMap<>(parameters);
        boolean areFlagged = "true".equals(asked.get("flags"));
        asked.keySet().retainAll(BOUNDS.keySet());
        if (asked.size() > 1) {
            throw new Refusal(400, "interval, at-least or at-most was expected, but there are several");
        }
        for (Map.Entry<String, String> one : asked.entrySet()) {
            Bounds bounds = BOUNDS.get(one.getKey());
            double level = level(one.getKey(), one.getValue());
            return new Answers(model.predictor(), bounds, level, areFlagged, List.of());
        }
        return new Answers(model.predictor(), Bounds.BOTH, null, areFlagged, List.of());
    }

    private static double level(String key, String asked) throws Refusal {
        double level = NumberFeature.parse(asked);
        if (Double.isNaN(level)) {
            throw new Refusal(
                    400,
                    "a level such as " + key + "=0.9 was expected, but there is " + ModelFileException.shown(asked));
        }
        return level;
    }

    Reply ofJson(InputStream body, Answers answers, boolean explains, String of) throws IOException {
        StringBuilder out = new StringBuilder();
        int few = Math.max(1, MOST_EXPLAINED / model.inputs().features().size());
        int most = explains ? Math.min(few, settings.mostRows()) : settings.mostRows();
        RowBatch batch = new RowBatch(answers, most, row -> explains ? explanation(row, of) : "", counts, out);
        boolean isList = new JsonRows(new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder()), model.inputs())
                .read(batch::add);
        batch.flush();
        return Reply.of(200, Reply.JSON, (isList ? "[" + out + "]" : out) + "\n");
    }

    /** As {@code explain=1} asks for, and {@code of=NAME} of a target or a class. */
    private String explanation(double[] row, String of) {
        return ",\"explanation\":" + Served.json(model.predictor().explainPrepared(row, of));
    }

    Reply ofCsv(InputStream body, Charset charset, Answers answers) throws IOException {
        CsvSettings csv = charset == null ? CsvSettings.DEFAULTS : CsvSettings.DEFAULTS.withCharset(charset);
        StringBuilder out = new StringBuilder(answers.header());
        try (CsvBlocks blocks = CsvBlocks.of(body, SOURCE, csv)) {
            model.inputs().takeFrom(blocks, SOURCE);
            int rows = 0;
            for (CsvBlock block = blocks.next(null); block != null; block = blocks.next(block)) {
                rows += block.rows();
                RowBatch.require(rows, settings.mostRows());
                Rows prepared = model.inputs().prepared(block, SOURCE);
                double[][] all = answers.of(prepared);
                for (int i = 0; i < all.length; i++) {
                    answers.row(all[i], prepared.flags().get(i), List.of(), out);
                }
                counts.add(prepared.flags());
            }
        }
        return Reply.of(200, Reply.CSV, out.toString());
    }
}
