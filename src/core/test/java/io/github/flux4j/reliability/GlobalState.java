package io.github.flux4j.reliability;

import io.github.flux4j.internal.threads.BlasThreads;
import io.github.flux4j.internal.threads.Nd4jThreads;
import io.github.flux4j.internal.threads.Threads;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.logging.LogManager;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/** What a library could leave changed in its process, as {@link #now()} finds it. */
final class GlobalState {

    private GlobalState() {}

    /** By name; compare two of one thread. */
    static Map<String, Object> now() {
        Map<String, Object> state = new LinkedHashMap<>();
        Random random = Nd4j.getRandom();
        state.put("ND4J's type", Nd4j.dataType());
        state.put("ND4J's floating type", Nd4j.defaultFloatingPointType());
        state.put("ND4J's generator", random.getSeed() + " " + random.rootState() + " " + random.nodeState());
        state.put("ND4J's threads", Nd4jThreads.get());
        state.put("ND4J's order", Nd4j.order());
        state.put("OpenBLAS's threads", BlasThreads.get());
        state.put("flux4j's threads", Threads.limit());
        state.put("a workspace is open", Nd4j.getWorkspaceManager().anyWorkspaceActiveForCurrentThread());
        state.put("properties", Map.copyOf(System.getProperties()));
        state.put("output", System.identityHashCode(System.out));
        state.put("errors", System.identityHashCode(System.err));
        state.put("input", System.identityHashCode(System.in));
        state.put("locale", Locale.getDefault());
        state.put("time zone", TimeZone.getDefault());
        state.put("handler", String.valueOf(Thread.getDefaultUncaughtExceptionHandler()));
        state.put(
                "root logger",
                String.valueOf(LogManager.getLogManager().getLogger("").getLevel()));
        state.put("context loader", Thread.currentThread().getContextClassLoader());
        state.put("interrupted", Thread.currentThread().isInterrupted());
        return state;
    }
}
