package io.github.flux4j.consumer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Class paths of applications that use flux4j, as Maven resolves them from its pom, which lists them in {@code target/ARTIFACT/consumer}. */
public final class ConsumerClassPath {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final String WORDS = "flux4j";

    /** A jar, or a folder of classes of a module that isn't packed yet. */
    private static final Pattern DEPENDENCY = Pattern.compile(":(?:compile|runtime):(\\S+)");

    private ConsumerClassPath() {}

    /** Of an application that declares flux4j and nothing else. */
    public static String plain() throws IOException {
        return joined(entries(WORDS));
    }

    /** Of an application that declares a module, flux4j's own modules alone. */
    static String ours(String artifact) throws IOException {
        return joined(entries(artifact).filter(ConsumerClassPath::isOurs));
    }

    /** Of an application that declares a module, what flux4j's modules stand on. */
    static String below(String artifact) throws IOException {
        return joined(entries(artifact).filter(Predicate.not(ConsumerClassPath::isOurs)));
    }

    /** Of an application that logs with Logback, whose jars come last. */
    static String withLogback() throws IOException {
        try (Stream<Path> jars = Files.list(listed(WORDS).resolve("logback"))) {
            return plain() + jars.map(jar -> File.pathSeparator + jar).sorted().collect(Collectors.joining());
        }
    }

    /** Of the command line, which has a logger and a parser of its own. */
    public static String ofTheCommandLine() {
        return System.getProperty("java.class.path");
    }

    private static Path listed(String artifact) {
        return Path.of("target", artifact, "consumer");
    }

    private static Stream<String> entries(String artifact) throws IOException {
        List<String> found = DEPENDENCY
                .matcher(Files.readString(listed(artifact).resolve("dependencies.txt")))
                .results()
                .map(entry -> entry.group(1))
                .toList();
        return Stream.concat(Stream.of(Path.of("target", artifact, "classes").toString()), found.stream());
    }

    private static boolean isOurs(String entry) {
        return Path.of(entry).toAbsolutePath().startsWith(TARGET);
    }

    private static String joined(Stream<String> entries) {
        return entries.collect(Collectors.joining(File.pathSeparator));
    }
}
