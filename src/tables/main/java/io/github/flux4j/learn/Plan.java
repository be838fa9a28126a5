package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.table.Folds;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What a tuning is told, but for its estimator. Nobody changes one that another has seen: {@link #with} changes a copy. */
final class Plan<E> implements Cloneable {

    private static final int TRIALS = 30;

    List<Dimension<E>> dimensions = List.of();
    Search search = new Search.Random(TRIALS);
    Folds folds;

    /** The first ranks; none for the usual ones. */
    List<Metric> metrics = List.of();

    long seed;

    /** Null for threads of this process. */
    FoldExecutor executor;

    /** Null for none. */
    Path file;

    Consumer<? super TuningProgress> progress = done -> {};

    /** A changed copy. */
    @SuppressWarnings("unchecked") // a copy is of the same kind
    Plan<E> with(Consumer<Plan<E>> change) {
        try {
            Plan<E> copy = (Plan<E>) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
