package io.github.flux4j.serve;

import java.util.ArrayList;
import java.util.List;

/** Rows that are predicted together, since that is faster, and their answers as a list of JSON objects. */
final class RowBatch {

    private static final int SIZE = 64;

    private final Answers answers;
    private final int most;
    private final StringBuilder out;
    private final List<double[]> rows = new ArrayList<>();
    private int count;

    RowBatch(Answers answers, int most, StringBuilder out) {
        this.answers = answers;
        this.most = most;
        this.out = out;
    }

    void add(double[] row) throws Refusal {
        require(count + rows.size() + 1, most);
        rows.add(row);
        if (rows.size() == SIZE) {
            flush();
        }
    }

    static void require(int rows, int most) throws Refusal {
        if (rows > most) {
            throw new Refusal(413, "at most " + most + " rows are taken at a time, but there are more; send fewer");
        }
    }

    /** Predicts what was added. */
    void flush() {
        for (double[] answer : answers.of(rows.toArray(double[][]::new))) {
            answers.object(answer, count++ == 0 ? out : out.append(','));
        }
        rows.clear();
    }
}
