package io.github.flux4j.serve;

import io.github.flux4j.format.Features.Flag;
import io.github.flux4j.serve.Inputs.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows that are predicted together, since that is faster, and handed on one by one with their answers. */
final class RowBatch {

    private static final int SIZE = 64;

    private final Predictions predictions;
    private final Answers answers;
    private final Sink sink;
    private final List<double[]> rows = new ArrayList<>();
    private final List<Map<String, Flag>> flags = new ArrayList<>();
    private int count;

    /** What takes a prepared row and its answer. */
    interface Sink {
        void accept(double[] row, double[] answer, Map<String, Flag> flags);
    }

    RowBatch(Predictions predictions, Answers answers, Sink sink) {
        this.predictions = predictions;
        this.answers = answers;
        this.sink = sink;
    }

    /** Adds one row. */
    void add(Rows row) throws Refusal {
        predictions.require(++count);
        rows.add(row.numbers()[0]);
        flags.addAll(row.flags());
        if (rows.size() == SIZE) {
            flush();
        }
    }

    /** Predicts what was added. */
    void flush() {
        predict(new Rows(rows.toArray(double[][]::new), flags));
        rows.clear();
        flags.clear();
    }

    /** Predicts rows at once. */
    void predict(Rows some) {
        double[][] all = answers.of(some);
        for (int i = 0; i < all.length; i++) {
            sink.accept(some.numbers()[i], all[i], some.flags().get(i));
        }
        predictions.counts().accept(some.flags());
    }
}
