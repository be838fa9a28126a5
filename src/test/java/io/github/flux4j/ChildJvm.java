package io.github.flux4j;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Programs of tests that need a JVM of their own: its heap, its properties, its death. */
public final class ChildJvm {

    private ChildJvm() {}

    /**
     * How it ended.
     *
     * @param lines what it printed, errors included
     */
    public record Ended(int code, List<String> lines) {}

    /** Runs a test class with a main method, on this JVM's class path, and waits for it. */
    public static Ended run(Class<?> program, List<String> flags, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(new File(System.getProperty("java.home"), "bin/java").getPath());
        command.addAll(flags);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(child.waitFor(), printed.lines().toList());
    }
}
