package io.github.flux4j.bench.harness;

import com.google.gson.Gson;
import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.contender.Entrant;
import io.github.flux4j.bench.contender.Problem.Mode;
import io.github.flux4j.bench.workload.Workloads;
import io.github.flux4j.cli.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;

/** Starts the processes of cells, each with its cell's settings and no others. */
public final class Launcher {

    private static final int MOST_SECONDS = 180;

    private static final Pattern OTHERS_SETTINGS =
            Pattern.compile("(OMP|OPENBLAS|GOTO|MKL|KMP|BLIS|SD|ND4J|TF|DNNL)_.*|(JAVA_TOOL|JDK_JAVA|_JAVA)_OPTIONS.*");

    /** Else Java 24 and later warn. */
    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    private static final Gson JSON = new Gson();

    private final Path folder;
    private final Libraries libraries;
    private final Set<String> cpuFlags;
    private final ExperimentPlan plan;
    private final Map<String, Path> archives = new HashMap<>();

    /**
     * A launcher that keeps its files in a folder.
     *
     * @param cpuFlags what the processor can do, as Linux names it
     */
    public Launcher(Path folder, Libraries libraries, Collection<String> cpuFlags, ExperimentPlan plan) {
        this.folder = folder;
        this.libraries = libraries;
        this.cpuFlags = Set.copyOf(cpuFlags);
        this.plan = plan;
    }

    /** The folder of the numbers that must come out, of this plan's length. */
    Path expected() {
        return folder.resolve("expected").resolve(String.format(Locale.ROOT, "%.0e", plan.mostFlop()));
    }

    /**
     * Runs a cell's process until it ends.
     *
     * @throws Unavailable if it can't run here, or ended without a result
     */
    Child.Outcome run(Cell cell, Probe.Task task, Collection<String> workloads)
            throws IOException, InterruptedException, Unavailable {
        String unmet = Requirements.unmet(cell, cpuFlags).orElse(null);
        if (unmet != null) {
            throw new Unavailable(unmet);
        }
        boolean archived = cell.has(CellAxis.ARCHIVE, "on");
        String archive = archived ? "-XX:SharedArchiveFile=" + archive(cell) : null;
        Path cache = cache(cell);
        try {
            return Child.run(command(cell, task, workloads, cache, archive), MOST_SECONDS);
        } finally {
            if (cell.has(CellAxis.CACHE, "cold")) {
                FileUtils.deleteDirectory(cache.toFile());
            }
        }
    }

    /** Made by a run of its own, once for each Java and class path. */
    private Path archive(Cell cell) throws IOException, InterruptedException, Unavailable {
        String key = cell.get(CellAxis.JVM) + "-" + cell.get(CellAxis.BINARY) + "-" + cell.get(CellAxis.BLAS);
        Path archive = archives.get(key);
        if (archive == null) {
            archive = folder.resolve("classes-" + key + ".jsa");
            Files.deleteIfExists(archive);
            Cell plain = cell.with(CellAxis.ARCHIVE, "off").with(CellAxis.CACHE, "warm");
            Child.run(
                    command(
                            plain,
                            Probe.Task.TIME,
                            List.of("start-train"),
                            cache(plain),
                            "-XX:ArchiveClassesAtExit=" + archive),
                    MOST_SECONDS);
            if (!Files.exists(archive)) {
                throw new Unavailable("Java made no archive of classes");
            }
            archives.put(key, archive);
        }
        return archive;
    }

    private ProcessBuilder command(Cell cell, Probe.Task task, Collection<String> workloads, Path cache, String archive)
            throws IOException, InterruptedException, Unavailable {
        Entrant contender = Contenders.valueOf(cell.get(CellAxis.CONTENDER)).entrant();
        String classPath = libraries.classPath(cell);
        List<String> command =
                new ArrayList<>(List.of(Jdks.java(cell.get(CellAxis.JVM)).toString()));
        command.addAll(contender.isFlux4j() ? Jvm.flags() : List.of(NATIVE_ACCESS));
        command.addAll(contender.jvmArguments());
        if (task == Probe.Task.TIME
                && Workloads.named(workloads.iterator().next()).mode() == Mode.LOOP) {
            command.add("-Xbatch"); // where a core is busy, code may else be timed before it is compiled to the end
        }
        if (!cell.has(CellAxis.ENGINE, "auto")) {
            command.add("-Dflux4j.engine=" + cell.get(CellAxis.ENGINE));
        }
        command.add("-Dorg.bytedeco.javacpp.cachedir=" + cache.toAbsolutePath());
        if (archive != null) {
            command.add(archive);
        }
        command.addAll(blasArguments(cell.get(CellAxis.BLAS)));
        command.addAll(List.of("-cp", classPath, Probe.class.getName(), task.name()));
        command.addAll(List.of(
                JSON.toJson(cell),
                expected().toString(),
                String.valueOf(plan.warmupMillis()),
                String.valueOf(plan.measureMillis())));
        command.addAll(workloads);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(OTHERS_SETTINGS.asMatchPredicate());
        builder.environment().putAll(contender.environment());
        builder.environment().putAll(environment(cell));
        return builder;
    }

    /** JavaCPP links {@code libopenblas_nolapack.so.0}, which its own part of OpenBLAS and ND4J ask for, to the library named here. */
    private static List<String> blasArguments(String blas) {
        String load = "-Dorg.bytedeco.openblas.load=";
        return switch (blas) {
            case "mkl" -> List.of(load + "mkl_rt");
            case "system-blis" -> List.of(load + "blis@.4");
            case "system-openblas" -> List.of(load + "openblas@.0", "-Dorg.bytedeco.javacpp.pathsFirst=true");
            default -> List.of();
        };
    }

    private Map<String, String> environment(Cell cell) throws IOException {
        Map<String, String> environment = new HashMap<>();
        if (cell.has(CellAxis.BLAS, "mkl") && Libraries.PLATFORM.startsWith("linux")) {
            environment.put("LD_PRELOAD", libraries.openMpOfMkl().toString());
        }
        if (!cell.has(CellAxis.OMP_THREADS, "auto")) {
            environment.put("OMP_NUM_THREADS", cell.get(CellAxis.OMP_THREADS));
        }
        if (!cell.has(CellAxis.BLAS_THREADS, "auto")) {
            String threads = cell.get(CellAxis.BLAS_THREADS);
            List.of("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
                    .forEach(name -> environment.put(name, threads));
            environment.put("ND4J_SKIP_BLAS_THREADS", "true");
        }
        if (!cell.has(CellAxis.CORE_TYPE, "auto")) {
            environment.put("OPENBLAS_CORETYPE", cell.get(CellAxis.CORE_TYPE));
        }
        return environment;
    }

    /** One for each BLAS, since JavaCPP leaves links to another BLAS behind. */
    private Path cache(Cell cell) throws IOException {
        Path caches = Files.createDirectories(folder.resolve("cache"));
        return cell.has(CellAxis.CACHE, "cold")
                ? Files.createTempDirectory(caches, "cold")
                : Files.createDirectories(caches.resolve(cell.get(CellAxis.BLAS)));
    }
}
