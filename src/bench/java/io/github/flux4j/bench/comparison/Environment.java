package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.contender.Entrant;
import io.github.flux4j.bench.report.Machine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.openblas.global.openblas_full;

/**
 * Where and with what was measured.
 *
 * @param versions of the libraries on the class path, by name
 * @param jarMegabytes of each framework's own jars on the class path, natives for one platform included
 * @param blasCore the processor that OpenBLAS chose its kernels for
 * @param blasThreads as many as OpenBLAS takes by itself
 * @param settings of each contender's process: JVM arguments and environment variables
 */
record Environment(
        String date,
        String commit,
        String cpu,
        int cores,
        List<String> cpuFlags,
        String os,
        String jdk,
        Map<String, String> versions,
        Map<String, Double> jarMegabytes,
        String blasCore,
        int blasThreads,
        Map<String, String> settings,
        String pace) {

    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.]*(?:-[\\w.]+)?)\\.jar");

    /** Where a Maven repository keeps them. */
    private static final Map<String, String> FRAMEWORKS = Map.of(
            "DL4J and ND4J", ".*/(org/deeplearning4j|org/nd4j|org/bytedeco)/.*",
            "DJL and PyTorch", ".*/ai/djl/.*",
            "TensorFlow", ".*/org/tensorflow/.*");

    private static final List<String> LIBRARIES = List.of(
            "deeplearning4j-nn",
            "nd4j-native",
            "javacpp",
            "openblas",
            "pytorch-engine",
            "pytorch-native-cpu",
            "tensorflow-core-native",
            "jmh-core");

    static Environment now(Pace pace) throws IOException {
        Machine machine = Machine.here();
        return new Environment(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                machine.commit(),
                machine.cpu(),
                machine.cores(),
                machine.cpuFlags(),
                machine.os(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                libraryVersions(System.getProperty("java.class.path")),
                jarSizes(),
                openblas_full.openblas_get_corename().getString(),
                openblas_full.openblas_get_num_threads(),
                processSettings(),
                pace.rounds() + (pace.rounds() == 1 ? " round" : " rounds") + ", each a process with a warm-up of "
                        + pace.warmup() + " and " + pace.iterations() + " iterations of " + pace.length());
    }

    static Map<String, String> libraryVersions(String classPath) {
        Map<String, String> versions = new TreeMap<>();
        Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> JAR.matcher(Path.of(entry).getFileName().toString()))
                .filter(jar -> jar.matches() && LIBRARIES.contains(jar.group(1)))
                .forEach(jar -> versions.putIfAbsent(jar.group(1), version(jar)));
        return versions;
    }

    private static Map<String, Double> jarSizes() {
        Map<String, Double> sizes = new TreeMap<>();
        FRAMEWORKS.forEach((name, place) -> {
            long bytes = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> entry.replace(File.separatorChar, '/').matches(place))
                    .mapToLong(entry -> new File(entry).length())
                    .sum();
            if (bytes > 0) {
                sizes.put(name, Math.round(bytes / 1e5) / 10.0);
            }
        });
        return sizes;
    }

    private static String version(Matcher jar) {
        return jar.group(2).replaceAll("-(linux|macosx|windows).*", "");
    }

    private static Map<String, String> processSettings() {
        Map<String, String> settings = new TreeMap<>();
        for (Entrant entrant : Entrant.values()) {
            String variables = entrant.environment().isEmpty() ? "" : " " + entrant.environment();
            settings.put(entrant.name(), String.join(" ", entrant.jvmArguments()) + variables);
        }
        return settings;
    }
}
