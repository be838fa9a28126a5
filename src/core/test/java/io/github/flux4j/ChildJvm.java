package io.github.flux4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program run by this Java in a process of its own: its heap, its properties, its class path, its death.
 *
 * @param out what it printed on its standard output
 * @param err what it printed on its standard error, without what Java itself warns about
 */
public record ChildJvm(int code, String out, String err) {

    /** Runs a test class with a main method on this JVM's class path, and waits for its end. */
    public static ChildJvm run(Class<?> program, List<String> flags, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(flags);
        all.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        all.add(program.getName());
        all.addAll(List.of(arguments));
        return run(System.getProperty("java.class.path"), all.toArray(String[]::new));
    }

    /** Runs a program with no options but the class path and these, and waits for its end. */
    public static ChildJvm run(String classPath, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("child", ".out");
        Path err = Files.createTempFile("child", ".err");
        try {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("--class-path", classPath));
            command.addAll(List.of(arguments));
            int code = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start()
                    .waitFor();
            return new ChildJvm(code, Files.readString(out), withoutWarnings(Files.readAllLines(err)));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** All that it printed, errors last. */
    public List<String> lines() {
        return Stream.concat(out.lines(), err.lines()).toList();
    }

    /** From Java 24 on, JavaCPP makes Java warn about native access and Unsafe. */
    private static String withoutWarnings(List<String> lines) {
        return String.join(
                "\n",
                lines.stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("WARNING: "))
                        .toList());
    }
}
