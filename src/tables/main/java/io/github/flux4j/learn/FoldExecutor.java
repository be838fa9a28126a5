package io.github.flux4j.learn;

import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.threads.Tasks;
import io.github.flux4j.table.Table;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who does the fits of a tuning, or of a cross-validation: this process's threads, unless another engine is given, such as a cluster's. The answer is the same.
 *
 * <pre>{@code
 * // each task goes to a worker as estimator(), target(), train(), test() and seed(); the worker, which has the table, calls
 * FoldTask.Result result = new FoldTask(number, estimator, target, train, test, seed).on(table);
 * }</pre>
 */
@FunctionalInterface
public interface FoldExecutor {

    /**
     * Does all tasks, in any order, and tells of each result as it comes, from any thread.
     *
     * @param table of rows that all have a target; the same for all tasks
     * @param tasks made as they are taken from the list
     * @throws java.util.concurrent.CancellationException if it is interrupted: a tuning ends with the results that it was told
     */
    void run(Table table, List<FoldTask> tasks, Consumer<FoldTask.Result> done);

    /**
     * On so many threads of this process, each task on one.
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
