package io.github.flux4j.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a cell's process really had. Linux says which files are loaded; elsewhere these are empty.
 *
 * @param binary the file of libnd4jcpu, in its jar's folder
 * @param blas the jar, or the file, of the library that multiplies
 * @param blasVendor as JavaCPP tells: 2 for OpenBLAS, 3 for MKL, 0 for others
 * @param blasDetail what OpenBLAS says about itself: version, and the processor its kernels are for
 * @param ompThreads libnd4j's
 */
public record Facts(
        String java, String binary, String blas, int blasVendor, String blasDetail, int blasThreads, int ompThreads) {

    static Facts here() throws IOException {
        int vendor = openblas_nolapack.blas_get_vendor();
        return new Facts(
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                loaded(name -> name.contains("libnd4jcpu")),
                loaded(name -> name.contains("libopenblas_nolapack")),
                vendor,
                vendor == Blas.OPENBLAS ? openBlas() : "",
                openblas_nolapack.blas_get_num_threads(),
                Nd4j.getEnvironment().maxThreads());
    }

    /** Only of OpenBLAS: another library lacks these functions, and calling them would end the process. The old JavaCPP has them elsewhere. */
    private static String openBlas() {
        for (String holder : List.of("openblas_full", "openblas")) {
            try {
                Class<?> functions = Class.forName("org.bytedeco.openblas.global." + holder);
                return text(functions, "openblas_get_config") + ", kernels for "
                        + text(functions, "openblas_get_corename");
            } catch (ReflectiveOperationException | LinkageError absent) {
                continue;
            }
        }
        return "";
    }

    private static String text(Class<?> functions, String name) throws ReflectiveOperationException {
        return ((BytePointer) functions.getMethod(name).invoke(null)).getString();
    }

    private static String loaded(Predicate<String> wanted) throws IOException {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.isReadable(maps)) {
            return "";
        }
        try (var lines = Files.lines(maps)) {
            return lines.filter(line -> line.indexOf('/') > 0)
                    .map(line -> line.substring(line.indexOf('/')))
                    .filter(wanted)
                    .findFirst()
                    .map(Facts::origin)
                    .orElse("");
        }
    }

    /** The jar that it was unpacked from, or the file itself; within the project, from its folder on. */
    private static String origin(String file) {
        for (Path part : Path.of(file)) {
            if (part.toString().endsWith(".jar")) {
                return part.toString();
            }
        }
        Path project = Path.of("").toAbsolutePath();
        try {
            Path path = Path.of(file).toRealPath();
            return (path.startsWith(project) ? project.relativize(path) : path).toString();
        } catch (IOException gone) {
            return file;
        }
    }
}
