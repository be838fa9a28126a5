package io.github.flux4j.consumer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Class paths of applications that use flux4j, as Maven resolves them from the pom, which lists them in {@code target/consumer}. */
public final class ConsumerClassPath {

    private static final Path LISTED = Path.of("target", "flux4j", "consumer");

    /** Scope, file, and whether it is optional. */
    private static final Pattern DEPENDENCY = Pattern.compile(":(?:compile|runtime):(.+?\\.jar)( \\(optional\\))?");

    private ConsumerClassPath() {}

    /** Of an application that declares flux4j and nothing else. */
    public static String plain() throws IOException {
        return joined(dependencies()
                .filter(dependency -> dependency.group(2) == null)
                .map(dependency -> dependency.group(1)));
    }

    /** Of an application that logs with Logback, whose jars come last. */
    static String withLogback() throws IOException {
        try (Stream<Path> jars = Files.list(LISTED.resolve("logback"))) {
            return plain() + jars.map(jar -> File.pathSeparator + jar).sorted().collect(Collectors.joining());
        }
    }

    /** Of the command line, which has a logger and a parser of its own. */
    public static String ofTheCommandLine() {
        return System.getProperty("java.class.path");
    }

    private static Stream<MatchResult> dependencies() throws IOException {
        List<MatchResult> found = DEPENDENCY
                .matcher(Files.readString(LISTED.resolve("dependencies.txt")))
                .results()
                .toList();
        return found.stream();
    }

    private static String joined(Stream<String> jars) {
        return Path.of("target", "flux4j", "classes")
                + jars.map(jar -> File.pathSeparator + jar).collect(Collectors.joining());
    }
}
