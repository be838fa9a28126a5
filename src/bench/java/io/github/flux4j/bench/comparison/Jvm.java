package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.contender.Entrant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Java processes of their own, with an entrant's settings and a build's class path. */
final class Jvm {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private Jvm() {}

    /** The command that runs a main class as the entrant needs it. */
    static ProcessBuilder command(Entrant entrant, Build build, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA.toString()));
        command.addAll(entrant.jvmArguments());
        command.addAll(List.of("-cp", build.classPath(), main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(entrant.environment());
        return builder;
    }

    /**
     * A java command that sets the entrant's environment variables before it starts, for JMH, which can't.
     *
     * @param folder where such a script may be written
     */
    static String executable(Entrant entrant, Path folder) throws IOException {
        if (entrant.environment().isEmpty()) {
            return JAVA.toString();
        }
        Path script = folder.toAbsolutePath().resolve("java-" + entrant.name());
        String settings = entrant.environment().entrySet().stream()
                .map(Map.Entry::toString)
                .collect(Collectors.joining(" "));
        Files.writeString(script, "#!/bin/sh\nexec env " + settings + " '" + JAVA + "' \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.toString();
    }
}
