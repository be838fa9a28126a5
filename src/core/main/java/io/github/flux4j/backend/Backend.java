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
 * What computes below flux4j: the facts, and settings for the length of a block. {@code scripts/flux4j doctor} shows the facts and judges them.
 *
 * <p>For any thread.
 */
public final class Backend {

    private static final Scoped<ThreadCounts> THREADS = new Scoped<>(ThreadCounts::now, ThreadCounts::set);
    private static final Scoped<Engines.Forced> ENGINE = new Scoped<>(Engines::scope, Engines::force);

    /** A setting that holds until it is closed; then the one before holds again. Closing it again does nothing. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Everything there is to know, as records that Gson writes as they are.
     *
     * @param libraries what the native libraries say of themselves
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
     * The facts, after starting ND4J if that hasn't been done: about a second.
     *
     * @throws IllegalStateException if ND4J can't start; the message says why, and what to do
     */
    public static Report report() {
        return new Report(environment(), JavaCppNatives.libraries());
    }

    /** The facts that can be had without ND4J: the machine, Java, the class path, settings. Loads no native library. */
    public static Environment environment() {
        return Environment.read();
    }

    /**
     * Lets a product, an operation of ND4J's and a loop of flux4j's use so many threads until the scope is closed:
     * {@code try (var scope = Backend.threads(1)) {…}}. ND4J's own operations never get more than ND4J was started with.
     *
     * <p>The libraries have one number each for the whole process, so this holds for all its threads; for a step that one of them is in the
     * midst of, at the latest from its end on. Setting and putting back ask
     * each library: put it around a training run, not a step.
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
     * Runs an action for which the calling thread divides its work among so many threads at most, and no more than {@link #threads} allows
     * the process: with one each, several models train side by side without standing in each other's way. Costs nothing to set.
     *
     * @param count 1 or more
     * @return what the action returns
     * @throws IllegalArgumentException if {@code count} is below 1
     */
    public static <T> T threads(int count, Supplier<T> action) {
        return Threads.within(count, Objects.requireNonNull(action, "action is null"));
    }

    /**
     * Lets models run on this engine until the scope is closed, whatever {@code -Dflux4j.engine} says. A model is given its engine when
     * it first computes and keeps it as long as its parameters lie where they are. Holds for all threads of the process.
     *
     * @param name such as {@code lean} or {@code dl4j}; {@link Environment#engines()} has all
     * @throws IllegalArgumentException if there is no such engine
     */
    public static Scope engine(String name) {
        return ENGINE.enter(new Engines.Forced(name, "Backend.engine(\"" + name + "\")"));
    }

    /**
     * What the native libraries below ND4J say of themselves.
     *
     * @param dataType ND4J's default for new arrays, such as FLOAT
     */
    public record NativeLibraries(Nd4j nd4j, Blas blas, JavaCpp javacpp, String dataType) {

        /**
         * ND4J's own library.
         *
         * @param backend such as CpuBackend
         * @param file the loaded file
         * @param jar the jar it was unpacked from; null if it comes from elsewhere
         * @param classifier such as linux-x86_64-avx2; null if it comes from elsewhere
         * @param instructions that it was built for
         * @param best that it could be built for on this processor
         * @param oneDnn whether it was built with oneDNN
         * @param build what it was built with, line by line
         * @param threads that its operations are divided among
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
         * The library for products of matrices.
         *
         * @param vendor such as OPENBLAS or MKL
         * @param file the loaded file; null if unknown
         * @param version null if not OpenBLAS
         * @param config what it was built with; null if not OpenBLAS
         * @param kernel the processor it chose its code for; null if not OpenBLAS
         * @param threads that a product is divided among
         */
        public record Blas(
                String vendor,
                @Nullable String file,
                @Nullable String version,
                @Nullable String config,
                @Nullable String kernel,
                int threads) {}

        /**
         * What loads the libraries and allocates native memory.
         *
         * @param cacheFolder where libraries are unpacked
         * @param maxBytes most native memory that it allocates itself; 0 for no limit
         * @param maxPhysicalBytes most memory of the process, asked for at each allocation; 0 for no limit
         */
        public record JavaCpp(String version, String cacheFolder, long maxBytes, long maxPhysicalBytes) {}
    }
}
