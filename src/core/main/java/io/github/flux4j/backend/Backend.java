package io.github.flux4j.backend;

import io.github.flux4j.engine.Engines;
import io.github.flux4j.internal.arrays.Nd4jStart;
import io.github.flux4j.internal.threads.BlasThreads;
import io.github.flux4j.internal.threads.Nd4jThreads;
import io.github.flux4j.internal.threads.Threads;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Facts about what computes below flux4j, and settings that last for a block of code. {@code scripts/flux4j doctor} prints and judges the facts. Thread-safe.
 */
public final class Backend {

    private static final Scoped<ThreadCounts> THREADS = new Scoped<>(ThreadCounts::now, ThreadCounts::set);
    private static final Scoped<Engines.Forced> ENGINE = new Scoped<>(Engines::scope, Engines::force);

    /** A setting that lasts until you close it and then restores the one before. Closing it again does nothing. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * All facts, as records that Gson can write.
     *
     * @param libraries what the native libraries report about themselves
     */
    public record Report(Environment environment, NativeLibraries libraries) {}

    private record ThreadCounts(int blas, int nd4j, int own) {

        static ThreadCounts now() {
            Nd4jStart.require();
            return new ThreadCounts(BlasThreads.get(), Nd4jThreads.get(), Threads.ofProcess());
        }

        void set() {
            BlasThreads.set(blas);
            Nd4jThreads.set(nd4j);
            Threads.limit(own);
        }
    }

    private Backend() {}

    /**
     * Collects all facts and starts ND4J if need be, which takes about a second.
     *
     * @throws IllegalStateException if ND4J can't start; the message says why and what to do
     */
    public static Report report() {
        return new Report(environment(), JavaCppNatives.libraries());
    }

    /** Collects the facts that need no ND4J: machine, Java, class path, settings. Loads no native library. */
    public static Environment environment() {
        return Environment.read();
    }

    /**
     * Limits matrix products, ND4J's operations and flux4j's loops to {@code count} threads until you close the scope: {@code try (var scope =
     * Backend.threads(1)) {…}}. ND4J's own operations never exceed the number that ND4J started with.
     *
     * <p>The limit holds for the whole process; a step that is running adopts it at the latest when it ends. Opening and closing a scope calls each library, so
     * put it around a training run, not a step.
     *
     * @param count 1 or more
     * @throws IllegalArgumentException if {@code count} is below 1
     */
    public static Scope threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads must be 1 or more, but was " + count);
        }
        return THREADS.enter(new ThreadCounts(count, count, count));
    }

    /**
     * Runs an action in which the calling thread uses at most {@code count} threads, within the limit of {@link #threads}. With one thread each, several models
     * train concurrently without slowing each other down. Costs nothing to set.
     *
     * @param count 1 or more
     * @return what the action returns
     * @throws IllegalArgumentException if {@code count} is below 1
     */
    public static <T> T threads(int count, Supplier<T> action) {
        return Threads.within(count, Objects.requireNonNull(action, "action is null"));
    }

    /**
     * Makes models run on this engine until you close the scope, whatever {@code -Dflux4j.engine} says; holds for the whole process. A model gets its engine
     * when it first computes, and keeps it until its parameters move.
     *
     * @param name such as {@code lean} or {@code dl4j}; {@link Environment#engines()} lists all
     * @throws IllegalArgumentException if there is no such engine
     */
    public static Scope engine(String name) {
        return ENGINE.enter(new Engines.Forced(name, "Backend.engine(\"" + name + "\")"));
    }

    /**
     * What the native libraries below ND4J report about themselves.
     *
     * @param oneDnn the version of oneDNN that computes large Float32 products in BLAS's place, or why none does
     * @param dataType ND4J's default for new arrays, such as FLOAT
     */
    public record NativeLibraries(Nd4j nd4j, Blas blas, JavaCpp javacpp, String oneDnn, String dataType) {

        /**
         * ND4J's own library.
         *
         * @param backend such as CpuBackend
         * @param file the loaded file
         * @param jar the jar it was unpacked from; null if it comes from elsewhere
         * @param classifier such as linux-x86_64-avx2; null if it comes from elsewhere
         * @param instructions the instruction set of this build
         * @param best the best instruction set that this processor supports
         * @param oneDnn whether it was built with oneDNN
         * @param build what it was built with, line by line
         * @param threads the number of threads that its operations use
         */
        public record Nd4j(
                String backend,
                String file,
                @Nullable String jar,
                @Nullable String classifier,
                String instructions,
                String best,
                boolean oneDnn,
                List<String> build,
                int threads) {}

        /**
         * The library for matrix products.
         *
         * @param vendor such as OPENBLAS or MKL
         * @param file the loaded file; null if unknown
         * @param version null if not OpenBLAS
         * @param config what it was built with; null if not OpenBLAS
         * @param kernel the processor type whose code it uses; null if not OpenBLAS
         * @param threads the number of threads that a product uses
         */
        public record Blas(
                String vendor,
                @Nullable String file,
                @Nullable String version,
                @Nullable String config,
                @Nullable String kernel,
                int threads) {}

        /**
         * JavaCPP, which loads the libraries and allocates native memory.
         *
         * @param cacheFolder where libraries are unpacked
         * @param maxBytes the most native memory that it allocates itself; 0 for no limit
         * @param maxPhysicalBytes the most memory of the process, checked at each allocation; 0 for no limit
         */
        public record JavaCpp(String version, String cacheFolder, long maxBytes, long maxPhysicalBytes) {}
    }
}
