package io.github.flux4j.learn;

import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.threads.Tasks;
import io.github.flux4j.table.Table;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs the fits of a tuning or a cross-validation: by default on this process's threads, else on an engine such as a cluster. The result is the same.
 *
 * <pre>{@code
 * // each task goes to a worker as estimator(), target(), train(), test() and seed(); the worker, which has the table, calls
 * FoldTask.Result result = new FoldTask(number, estimator, target, train, test, seed).on(table);
 * }</pre>
 */
@FunctionalInterface
public interface FoldExecutor {

    /**
     * Runs all tasks in any order, and passes on each result as it comes, from any thread.
     *
     * @param table rows that all have a target; the same for all tasks
     * @param tasks each is created when it is taken from the list
     * @throws java.util.concurrent.CancellationException if interrupted; a tuning then ends with the results so far
     */
    void run(Table table, List<FoldTask> tasks, Consumer<FoldTask.Result> done);

    /**
     * Runs on this many threads of this process, one task per thread.
     *
     * @throws IllegalArgumentException if there is less than one
     */
    static FoldExecutor onThreads(int threads) {
        EstimatorSetting.requireAtLeast("threads", threads, 1);
        return (table, tasks, done) -> Tasks.all(threads, tasks.size(), i -> {
            done.accept(tasks.get(i).on(table));
            return null;
        });
    }
}
