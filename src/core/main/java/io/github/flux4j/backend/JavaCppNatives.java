package io.github.flux4j.backend;

import io.github.flux4j.backend.Backend.NativeLibraries;
import io.github.flux4j.internal.arrays.Nd4jStart;
import io.github.flux4j.internal.arrays.OneDnn;
import io.github.flux4j.internal.threads.BlasThreads;
import io.github.flux4j.internal.threads.Nd4jThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_full;
import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Queries JavaCPP, OpenBLAS and libnd4j. */
final class JavaCppNatives {

    /** The path of an unpacked library: the jar's name, the package as folders, the platform, the file. */
    private static final Pattern UNPACKED =
            Pattern.compile(".*[/\\\\]([^/\\\\]+\\.jar)[/\\\\].*[/\\\\]([^/\\\\]+)[/\\\\].*");

    private static final String OPENBLAS = "openblas@";
    private static final Pattern OPENBLAS_VERSION = Pattern.compile("OpenBLAS (\\S+).*");

    private JavaCppNatives() {}

    /**
     * The libraries of this process, loaded if need be.
     *
     * @throws IllegalStateException if ND4J can't start; the message says why and what to do
     */
    static NativeLibraries libraries() {
        Nd4jStart.require();
        return new NativeLibraries(
                nd4j(), blas(), javaCpp(), OneDnn.summary(), Nd4j.dataType().name());
    }

    private static NativeLibraries.Nd4j nd4j() {
        NativeOps ops = NativeOpsHolder.getInstance().getDeviceNativeOps();
        List<String> build = ops.buildInfo().lines().map(String::strip).toList();
        String file = loaded("jnind4j");
        Matcher unpacked = UNPACKED.matcher(file == null ? "" : file);
        boolean known = unpacked.matches();
        return new NativeLibraries.Nd4j(
                Nd4j.getBackend().getClass().getSimpleName(),
                file,
                known ? unpacked.group(1) : null,
                known ? unpacked.group(2) : null,
                instructions(ops.binaryLevel()),
                instructions(ops.optimalLevel()),
                build.stream().anyMatch(line -> line.contains("ONEDNN") || line.contains("MKLDNN")),
                build,
                Nd4jThreads.get());
    }

    /** The names of libnd4j's instruction sets. */
    private static String instructions(int level) {
        return switch (level) {
            case 3 -> "AVX512";
            case 2 -> "AVX2";
            case 1 -> "generic x86";
            case 0 -> "generic";
            default -> "level " + level;
        };
    }

    private static NativeLibraries.Blas blas() {
        if (!BlasThreads.isOpenBlas()) {
            return new NativeLibraries.Blas(
                    nd4jBlas().getBlasVendor().name(), loaded("mkl"), null, null, null, BlasThreads.get());
        }
        String config = openblas_full.openblas_get_config().getString().strip();
        Matcher version = OPENBLAS_VERSION.matcher(config);
        return new NativeLibraries.Blas(
                Blas.Vendor.OPENBLAS.name(),
                loaded(OPENBLAS),
                version.matches() ? version.group(1) : null,
                config,
                openblas_full.openblas_get_corename().getString(),
                BlasThreads.get());
    }

    private static NativeLibraries.JavaCpp javaCpp() {
        try {
            return new NativeLibraries.JavaCpp(
                    Loader.getVersion(),
                    Loader.getCacheDir().getPath(),
                    Pointer.maxBytes(),
                    Pointer.maxPhysicalBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of the loaded library whose name starts with this; null if there is none. */
    private static String loaded(String name) {
        return Loader.getLoadedLibraries().entrySet().stream()
                .filter(library -> library.getKey().startsWith(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static Blas nd4jBlas() {
        return Nd4j.factory().blas();
    }
}
