package io.github.flux4j.learn;

import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.table.Table;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** What an executor tells of its tasks, of each once. */
final class FoldResults {

    private final BitSet told = new BitSet();
    private final int tasks;
    private final Consumer<? super FoldTask.Result> done;

    private FoldResults(int tasks, Consumer<? super FoldTask.Result> done) {
        this.tasks = tasks;
        this.done = done;
    }

    /**
     * Has all tasks done, and passes each result on, one at a time.
     *
     * @throws IllegalArgumentException if one is told twice, or is no task's
     * @throws IllegalStateException if one is missing
     */
    static void each(FoldExecutor executor, Table table, List<FoldTask> all, Consumer<? super FoldTask.Result> done) {
        FoldResults results = new FoldResults(all.size(), done);
        executor.run(table, all, results::take);
        results.requireAll();
    }

    private synchronized void take(FoldTask.Result result) {
        if (result.number() < 0 || result.number() >= tasks) {
            throw new IllegalArgumentException(
                    "a result's number must be its task's, from 0 to " + (tasks - 1) + ", but was " + result.number());
        }
        if (told.get(result.number())) {
            throw new IllegalArgumentException("task " + result.number() + " already has a result");
        }
        told.set(result.number());
        done.accept(result);
    }

    private synchronized void requireAll() {
        int without = tasks - told.cardinality();
        if (without > 0) {
            throw new IllegalStateException("the executor was given " + Words.count(tasks, "task")
                    + ", but reported no result for " + without + "; it must report each before it returns");
        }
    }
}
