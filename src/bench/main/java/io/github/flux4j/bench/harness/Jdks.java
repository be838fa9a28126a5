package io.github.flux4j.bench.harness;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The Java installations of this machine. */
final class Jdks {

    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt/java"),
            Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java"),
            Path.of(System.getProperty("user.home"), ".jdks"),
            Path.of("/Library/Java/JavaVirtualMachines"));

    private Jdks() {}

    /**
     * The java command of a version.
     *
     * @param version {@code this}, or the first part of its number
     */
    static Path java(String version) throws Unavailable {
        if (version.equals("this")) {
            return here("java");
        }
        Path home = found().get(version);
        if (home == null) {
            throw new Unavailable("there is no Java " + version + " here, only " + String.join(", ", found().keySet())
                    + "; looked at JAVA_HOME and in " + FOLDERS);
        }
        return home.resolve("bin").resolve("java");
    }

    /** A command of the Java that runs this. */
    static Path here(String command) {
        return Path.of(System.getProperty("java.home"), "bin", command);
    }

    /** Their homes by version. */
    static Map<String, Path> found() {
        Map<String, Path> found = new TreeMap<>();
        for (Path home : candidates()) {
            String version = version(home);
            if (!version.isEmpty() && Files.isExecutable(home.resolve("bin").resolve("java"))) {
                found.putIfAbsent(version, home);
            }
        }
        return found;
    }

    private static List<Path> candidates() {
        List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        String javaHome = System.getenv("JAVA_HOME");
        if (javaHome != null) {
            homes.add(Path.of(javaHome));
        }
        for (Path folder : FOLDERS) {
            try (Stream<Path> entries = Files.list(folder)) {
                entries.sorted().forEach(entry -> homes.addAll(List.of(entry, entry.resolve("Contents/Home"))));
            } catch (IOException none) {
                // not on this machine
            }
        }
        return homes;
    }

    /** The first part of the number in the file that every JDK has since Java 9; empty without one. */
    private static String version(Path home) {
        Properties release = new Properties();
        try (Reader file = Files.newBufferedReader(home.resolve("release"))) {
            release.load(file);
        } catch (IOException none) {
            return "";
        }
        return release.getProperty("JAVA_VERSION", "").replace("\"", "").replaceAll("[^0-9].*", "");
    }
}
