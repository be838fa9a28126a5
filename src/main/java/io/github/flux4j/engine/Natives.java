package io.github.flux4j.engine;

import java.util.ServiceLoader;
import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The native libraries below ND4J: what they are, how many threads they use (in the whole process), and what rules need of BLAS. */
public interface Natives {

    /**
     * The libraries of this process, loaded if they haven't been.
     *
     * @throws IllegalStateException if ND4J can't start; the message says why, and what to do
     */
    static Natives load() {
        Engines.requireBackend();
        return ServiceLoader.load(Natives.class, Natives.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "META-INF/services/io.github.flux4j.engine.Natives is missing from flux4j's jar. If it was packed into"
                                + " another jar, merge the files of META-INF/services there"));
    }

    /** What is loaded. */
    NativeLibraries libraries();

    /** Threads that BLAS divides a product among. */
    int blasThreads();

    /** Sets how many threads BLAS divides a product among, from now on. */
    void blasThreads(int threads);

    /** Threads that ND4J's own operations are divided among. */
    int nd4jThreads();

    /** Sets how many threads ND4J's own operations are divided among, from now on; no more than it was started with. */
    void nd4jThreads(int threads);

    /** Σ|x| of a dense vector as it is whenever it is asked for: finite only if all of its numbers are. */
    DoubleSupplier absoluteSum(INDArray vector);
}
