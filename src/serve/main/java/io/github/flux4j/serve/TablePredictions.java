package io.github.flux4j.serve;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.csv.CsvSettings;
import io.github.flux4j.format.Target.Bounds;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Predictions for the rows of a table as it streams by: one thread reads, as many as there are processors compute, and the answers come in the order of
 * the rows. Memory doesn't grow with the number of rows. For one thread.
 */
public final class TablePredictions {

    /** What takes the answers, piece by piece. */
    public interface Sink {
        /** Takes some. */
        void accept(String text) throws IOException;
    }

    private static final int CHARACTERS = 16; // of a row's answer, about

    private final Served model;
    private final Answers answers;
    private final boolean json;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Deque<CsvBlock> free = new ArrayDeque<>();

    private record Pending(CsvBlock block, Future<String> text) {}

    /**
     * Of a model.
     *
     * @param bounds which of them, if a level is given
     * @param level of the bounds, such as 0.9; null for none
     * @param json an object a line, in place of a line of comma-separated values
     * @throws IllegalStateException if the model has no such bounds
     * @throws IllegalArgumentException if there are none of this level
     */
    public TablePredictions(Served model, Bounds bounds, @Nullable Double level, boolean json) {
        this.model = model;
        this.answers = new Answers(model.predictor(), bounds, level);
        this.json = json;
    }

    /**
     * Reads a table to its end. Columns are found by their names, in any order; others are ignored.
     *
     * @param table closed at the end
     * @param source what messages call it
     * @return how many rows it had
     * @throws IOException if it can't be read or is no table, or a row can't be understood; with its line
     */
    public long run(CsvSettings csv, InputStream table, String source, Sink out) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = Executors.newFixedThreadPool(processors, TablePredictions::daemon);
        try (CsvBlocks blocks = CsvBlocks.of(table, source, csv)) {
            model.inputs().takeFrom(blocks, source);
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
            pending.add(new Pending(block, workers.submit(() -> text(mine, source))));
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
        out.accept(result(first.text));
        free.add(first.block);
    }

    private static String result(Future<String> text) throws IOException {
        try {
            return text.get();
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

    private String text(CsvBlock block, String source) throws IOException {
        StringBuilder text = new StringBuilder(CHARACTERS * block.rows());
        for (double[] answer : answers.of(model.inputs().prepared(block, source))) {
            if (json) {
                answers.object(answer, text);
                text.append('\n');
            } else {
                answers.row(answer, text);
            }
        }
        return text.toString();
    }
}
