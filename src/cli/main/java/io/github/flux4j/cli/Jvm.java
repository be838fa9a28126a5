package io.github.flux4j.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Java programs of this Java's own tools, as child processes. */
public final class Jvm {

    private static final String ND4J_LOG = "org.slf4j.simpleLogger.log.org.nd4j";
    private static final String DL4J_LOG = "org.slf4j.simpleLogger.log.org.deeplearning4j";

    /** System properties for the user to see the program's output alone; not in a file of this jar's, which would hold for others. */
    private static final Map<String, String> QUIET =
            Map.of(ND4J_LOG, "warn", ND4J_LOG + ".imports", "error", DL4J_LOG, "warn");

    /** System properties that let ND4J and DL4J speak. */
    private static final Map<String, String> VERBOSE =
            Map.of(ND4J_LOG, "info", DL4J_LOG, "info", "org.nd4j.log.initialization", "true");

    /** What ND4J runs best with, and the reasons; the launcher, the build and the experiments read it too. */
    private static final String FLAGS = "jvm.args";

    /** Where a crash report of the JVM's goes that nobody wants. */
    private static final String NO_FILE = File.separatorChar == '/' ? "/dev/null" : "NUL";

    private Jvm() {}

    /** Sets how loud this JVM is, before its first logger is made, and those that it starts; quiet is only what nobody has set. */
    static void setLoudness(boolean verbose) {
        if (verbose) {
            VERBOSE.forEach(System::setProperty);
        }
        QUIET.forEach(System.getProperties()::putIfAbsent);
    }

    /** The flags of a JVM that runs flux4j, in the loudness of this one. */
    public static List<String> flags() {
        List<String> flags = fixedFlags();
        String archive = System.getProperty("flux4j.archive"); // of class data, from scripts/flux4j
        if (archive != null) {
            flags.addAll(
                    archive.endsWith(".aot") // from Java 25 on
                            ? List.of("-XX:AOTCache=" + archive, "-Xlog:aot*=off")
                            : List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off"));
        }
        Stream.concat(QUIET.keySet().stream(), VERBOSE.keySet().stream())
                .distinct()
                .filter(name -> System.getProperty(name) != null)
                .forEach(name -> flags.add("-D" + name + "=" + System.getProperty(name)));
        return flags;
    }

    private static List<String> fixedFlags() {
        try (InputStream in = Jvm.class.getResourceAsStream(FLAGS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("-"))
                    .collect(Collectors.toCollection(ArrayList::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class path of this JVM, which the child gets too. */
    static String classPath() {
        return System.getProperty("java.class.path");
    }

    /**
     * How a child process ended.
     *
     * @param lines everything that it printed
     */
    public record Ended(int code, List<String> lines) {}

    /**
     * Runs a tool of this Java's {@code bin} directory and waits for it.
     *
     * @return its exit code
     * @throws IOException if there is no such tool
     */
    static int run(String tool, List<String> arguments) throws IOException, InterruptedException {
        return start(tool(tool, arguments).inheritIO()).waitFor();
    }

    /**
     * Runs a main class in a JVM with this one's system properties and memory, and waits for it.
     *
     * @return its exit code
     */
    static int run(Class<?> main, String classPath, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = likeThisOne();
        command.addAll(List.of("--class-path", classPath, main.getName()));
        command.addAll(arguments);
        return run("java", command);
    }

    private static List<String> likeThisOne() {
        List<String> flags = new ArrayList<>(flags());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-D") || flag.startsWith("-Xmx") || flag.startsWith("-XX:MaxRAM"))
                .forEach(flags::add);
        return flags;
    }

    /**
     * Runs a main class in a JVM like this one, with its class path, system properties and memory, and waits for it.
     *
     * @param limit after which it is stopped
     */
    public static Ended java(String mainClass, List<String> arguments, Duration limit)
            throws IOException, InterruptedException {
        List<String> command = likeThisOne();
        command.addAll(List.of(
                "-XX:ErrorFile=" + NO_FILE, "-XX:-CreateCoredumpOnCrash", "--class-path", classPath(), mainClass));
        command.addAll(arguments);
        Process child = start(tool("java", command).redirectErrorStream(true));
        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                .execute(child::destroyForcibly);
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(child.waitFor(), printed.lines().toList());
    }

    private static ProcessBuilder tool(String tool, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    private static Process start(ProcessBuilder builder) throws IOException {
        Process child = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(child::destroy)); // whoever ends this process means the child
        return child;
    }
}
