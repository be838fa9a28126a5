package io.github.flux4j.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code java -jar} starts: the command line in a JVM with the jars of the folder lib beside flux4j's own, and with the flags that
 * it needs. A class path in the manifest would hold for everyone who has the jar, and compilers and servers warn of jars that aren't there.
 *
 * <p>Needs nothing but Java itself, so that it can say what is missing.
 */
public final class StartFromJar {

    private StartFromJar() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path jar = Path.of(System.getProperty("java.class.path")).toRealPath();
        List<Path> libraries = libraries(jar.resolveSibling("lib"));
        if (libraries.stream().noneMatch(StartFromJar::isOfTheCommandLine)) {
            System.err.println(explanation(jar));
            System.exit(1);
        }
        String classPath = Stream.concat(Stream.of(jar), libraries.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        System.exit(Jvm.run(Main.class, classPath, List.of(args)));
    }

    private static List<Path> libraries(Path lib) throws IOException {
        if (!Files.isDirectory(lib)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isOfTheCommandLine(Path jar) {
        return jar.getFileName().toString().startsWith("picocli-");
    }

    private static String explanation(Path jar) {
        return "flux4j: " + jar
                + " needs the folder lib beside it, with the jars that mvn package puts there. To start it from"
                + " elsewhere, name them: java -cp \"" + jar.getFileName() + File.pathSeparator + "FOLDER"
                + File.separator + "*\" "
                + Main.class.getName() + " article";
    }
}
