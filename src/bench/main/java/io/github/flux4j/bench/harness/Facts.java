package io.github.flux4j.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    private static final int OPENBLAS = 2;

    static Facts here() throws IOException {
        int vendor = openblas_nolapack.blas_get_vendor();
        return new Facts(
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                loaded("libnd4jcpu"),
                loaded("libopenblas_nolapack"),
                vendor,
                vendor == OPENBLAS ? openBlas() : "",
                openblas_nolapack.blas_get_num_threads(),
                Nd4j.getEnvironment().maxThreads());
    }

    /** What it had instead of what its cell asked for. Nothing is known where Linux doesn't tell which files are loaded. */
    Optional<String> mismatch(Cell cell) {
        String core = cell.get(CellAxis.CORE_TYPE);
        String build = cell.has(CellAxis.BINARY, "plain") ? "" : "-" + cell.get(CellAxis.BINARY);
        String library = cell.get(CellAxis.BLAS);
        String threads = cell.get(CellAxis.BLAS_THREADS);
        return unless(hasKernels(core), "OpenBLAS has no kernels for " + core + " here; it took those for " + kernels())
                .or(() -> unless(
                        binary.endsWith(Libraries.PLATFORM + build + ".jar"), "JavaCPP loaded " + binary + " instead"))
                .or(() ->
                        unless(hasBlas(library), "there is no " + library + " that JavaCPP can load; it took " + blas))
                .or(() -> unless(
                        threads.equals("auto") || threads.equals(String.valueOf(blasThreads)),
                        "BLAS has " + blasThreads + " threads instead"));
    }

    private Optional<String> unless(boolean right, String otherwise) {
        return right || binary.isEmpty() ? Optional.empty() : Optional.of(otherwise);
    }

    private String kernels() {
        return blasDetail.replaceAll(".* ", "");
    }

    /** OpenBLAS takes an unknown name for its own choice, without a word. It calls some families by the name of the first. */
    private boolean hasKernels(String core) {
        return core.equals("auto") || kernels().isEmpty() || kernels().equalsIgnoreCase(core);
    }

    /** JavaCPP takes its own OpenBLAS when it finds no other. */
    private boolean hasBlas(String wanted) {
        boolean fromJar = blas.endsWith(".jar");
        boolean old = blas.startsWith("openblas-0.3.19-1.5.7");
        return switch (wanted) {
            case "mkl" -> blas.startsWith("mkl-");
            case "system-blis" -> !fromJar && blasVendor != OPENBLAS;
            case "system-openblas" -> !fromJar && blasVendor == OPENBLAS;
            case "nd4j" -> old;
            default -> fromJar && !old;
        };
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

    /** The jar that this library was unpacked from, or the file itself; within the project, from its folder on. */
    private static String loaded(String library) throws IOException {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.isReadable(maps)) {
            return "";
        }
        String file = Files.readAllLines(maps).stream()
                .filter(line -> line.contains("/") && line.contains(library))
                .map(line -> line.substring(line.indexOf('/')))
                .findFirst()
                .orElse("");
        for (Path part : Path.of(file)) {
            if (part.toString().endsWith(".jar")) {
                return part.toString();
            }
        }
        Path project = Path.of("").toAbsolutePath();
        Path path = Files.exists(Path.of(file)) ? Path.of(file).toRealPath() : Path.of(file);
        return (path.startsWith(project) ? project.relativize(path) : path).toString();
    }
}
