package io.github.flux4j.backend;

import java.util.List;

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
            String jar,
            String classifier,
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
    public record Blas(String vendor, String file, String version, String config, String kernel, int threads) {}

    /**
     * What loads the libraries and allocates native memory.
     *
     * @param cacheFolder where libraries are unpacked
     * @param maxBytes most native memory that it allocates itself; 0 for no limit
     * @param maxPhysicalBytes most memory of the process, asked for at each allocation; 0 for no limit
     */
    public record JavaCpp(String version, String cacheFolder, long maxBytes, long maxPhysicalBytes) {}
}
