package io.github.flux4j.spark;

import io.github.flux4j.backend.Backend;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/** A task's share of a machine. */
final class Processors {

    private static final String DRIVER = "driver";

    private static Backend.@Nullable Scope ofExecutor;

    private Processors() {}

    /**
     * Runs a task's work on the processors that Spark has given it. A process that is an executor's alone is limited to that once and for all; in
     * the driver's, where others may work, too, only what this thread does.
     *
     * @throws IllegalStateException if ND4J can't start there; with what to set
     */
    static <T> T within(Supplier<T> work) {
        int processors = TaskContext.get() == null ? 1 : TaskContext.get().cpus();
        if (!DRIVER.equals(SparkEnv.get().executorId())) {
            limit(processors);
        }
        return Backend.threads(processors, work);
    }

    private static synchronized void limit(int processors) {
        if (ofExecutor != null) {
            return;
        }
        try {
            ofExecutor = Backend.threads(processors);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "on executor " + SparkEnv.get().executorId() + ": " + e.getMessage()
                            + ". Executors are given a folder of their own by the setting spark.executor.extraJavaOptions="
                            + "-Dorg.bytedeco.javacpp.cachedir=FOLDER, once for each node",
                    e);
        }
    }
}
