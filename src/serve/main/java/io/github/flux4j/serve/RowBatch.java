package io.github.flux4j.serve;

import io.github.flux4j.format.Features.Flag;
import io.github.flux4j.serve.Inputs.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Rows that are predicted together, since that is faster, and their answers as a list of JSON objects. */
final class RowBatch {

    private static final int SIZE = 64;

    private final Answers answers;
    private final int most;
    private final Function<double[], String> more;
    private final RowCounts counts;
    private final StringBuilder out;
    private final List<double[]> rows = new ArrayList<>();
    private final List<Map<String, Flag>> flags = new ArrayList<>();
    private int count;

    RowBatch(Answers answers, int most, Function<double[], String> more, RowCounts counts, StringBuilder out) {
        this.answers = answers;
        this.more = more;
        this.most = most;
        this.counts = counts;
        this.out = out;
    }

    /** Adds one row. */
    void add(Rows row) throws Refusal {
        require(count + rows.size() + 1, most);
        rows.add(row.numbers()[0]);
        flags.addAll(row.flags());
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
        double[][] all = answers.of(new Rows(rows.toArray(double[][]::new), flags));
        for (int i = 0; i < all.length; i++) {
            out.append(count++ == 0 ? "" : ",");
            answers.object(all[i], flags.get(i), List.of(), more.apply(rows.get(i)), out);
        }
        counts.add(flags);
        rows.clear();
        flags.clear();
    }
}
