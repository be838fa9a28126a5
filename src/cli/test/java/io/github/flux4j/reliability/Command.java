package io.github.flux4j.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A command of {@code scripts/flux4j} in a process of its own, on this JVM's class path. */
record Command(List<String> line, Map<String, String> variables) {

    static Command of(List<String> flags, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(flags);
        line.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.flux4j.cli.Main"));
        Collections.addAll(line, arguments);
        return new Command(line, Map.of());
    }

    /** With variables; of a value "" there is none. */
    Command with(Map<String, String> more) {
        return new Command(line, more);
    }

    /** The same line as the arguments of a script of bash. */
    Command within(String script) {
        List<String> scripted = new ArrayList<>(List.of("bash", "-c", script, "bash"));
        scripted.addAll(line);
        return new Command(scripted, variables);
    }

    Process start(Path out, Path err) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        variables.forEach((name, value) -> {
            builder.environment().remove(name);
            if (!value.isEmpty()) {
                builder.environment().put(name, value);
            }
        });
        return builder.start();
    }

    /** What became of it. */
    record Ended(int code, String out, String err) {}

    Ended run(Path folder) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "command", ".out");
        Path err = Files.createTempFile(folder, "command", ".err");
        int code = start(out, err).waitFor();
        Ended ended = new Ended(code, Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return ended;
    }
}
