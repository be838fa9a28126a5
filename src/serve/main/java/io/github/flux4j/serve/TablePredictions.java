package io.github.flux4j.serve;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.csv.CsvSettings;
import io.github.flux4j.format.Features;
import io.github.flux4j.format.Target.Bounds;
import io.github.flux4j.serve.Inputs.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Predicts the rows of a table of any length in constant memory: one thread reads, one per processor computes, and answers come in the order of the rows. For one
 * thread.
 */
public final class TablePredictions {

    /** Receives the answers piece by piece. */
    public interface Sink {
        /** Receives a piece. */
        void accept(String text) throws IOException;
    }

    private static final int CHARACTERS = 16; // of a row's answer, about

    private final Served model;
    private final Answers answers;
    private final boolean json;
    private final List<String> carried;
    private Features.Flags flags;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Deque<CsvBlock> free = new ArrayDeque<>();

    private record Pending(CsvBlock block, Future<Answered> answered) {}

    private record Answered(String text, Features.Flags flags) {}

    /**
     * Prepares predictions.
     *
     * @param bounds which of them, if there is a level
     * @param level of the bounds, such as 0.9; null for none
     * @param json whether answers are JSON, one object per line, instead of CSV
     * @param areFlagged whether each CSV line ends with its row's flags; JSON always has them
     * @param carried columns of the table to repeat before the answers, such as an id
     * @throws IllegalStateException if the model has no such bounds
     * @throws IllegalArgumentException if the level is out of range, or a carried column has an answer's name or is repeated
     */
    public TablePredictions(
            Served model,
            Bounds bounds,
            @Nullable Double level,
            boolean json,
            boolean areFlagged,
            List<String> carried) {
        this.model = model;
        this.answers = new Answers(model.predictor(), bounds, level, areFlagged, carried);
        this.json = json;
        this.carried = List.copyOf(carried);
        this.flags = model.inputs().preparation().count(List.of());
    }

    /** The flags of all rows read so far. */
    public Features.Flags flags() {
        return flags;
    }

    /**
     * Reads a table to its end and predicts it. Columns are found by name, in any order; others are ignored.
     *
     * @param table closed at the end
     * @param source name for messages
     * @return the number of rows
     * @throws IOException if it can't be read, isn't a table, or has a malformed row; with its line
     */
    public long run(CsvSettings csv, InputStream table, String source, Sink out) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = Executors.newFixedThreadPool(processors, TablePredictions::daemon);
        try (CsvBlocks blocks = CsvBlocks.of(table, source, csv)) {
            model.inputs().takeFrom(blocks, source, carried.toArray(String[]::new));
            out.accept(json ? "" : answers.header());
            return run(blocks, source, workers, 2 * processors, out);
        } finally {
            workers.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "flux4j-predict");
        thread.setDaemon(true);
        return thread;
    }

    private long run(CsvBlocks blocks, String source, ExecutorService workers, int most, Sink out) throws IOException {
        long rows = 0;
        for (CsvBlock block = blocks.next(null); block != null; block = blocks.next(free.poll())) {
            rows += block.rows();
            CsvBlock mine = block;
            pending.add(new Pending(block, workers.submit(() -> answered(mine, source))));
            if (pending.size() >= most) {
                deliver(out);
            }
        }
        while (!pending.isEmpty()) {
            deliver(out);
        }
        return rows;
    }

    private void deliver(Sink out) throws IOException {
        Pending first = pending.remove();
        Answered answered = result(first.answered);
        out.accept(answered.text);
        flags = flags.plus(answered.flags);
        free.add(first.block);
    }

    private static Answered result(Future<Answered> answered) throws IOException {
        try {
            return answered.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while predicting", e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    private static IOException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException mistake) {
            throw mistake;
        }
        return (IOException) cause;
    }

    private Answered answered(CsvBlock block, String source) throws IOException {
        StringBuilder text = new StringBuilder(CHARACTERS * block.rows());
        Rows rows = model.inputs().prepared(block, source);
        double[][] all = answers.of(rows);
        for (int i = 0; i < all.length; i++) {
            if (json) {
                answers.object(all[i], rows.flags().get(i), along(block, i), "", text);
                text.append('\n');
            } else {
                answers.row(all[i], rows.flags().get(i), along(block, i), text);
            }
        }
        return new Answered(text.toString(), model.inputs().preparation().count(rows.flags()));
    }

    private List<String> along(CsvBlock block, int row) {
        List<String> along = new ArrayList<>();
        for (int i = 0; i < carried.size(); i++) {
            along.add(block.text(row, model.inputs().features().size() + i));
        }
        return along;
    }
}
