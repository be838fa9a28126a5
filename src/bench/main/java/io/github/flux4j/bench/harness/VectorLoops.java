package io.github.flux4j.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The loops with the Vector API, which is not in Java 17: the compiler of a later Java makes them, once for each. */
final class VectorLoops {

    /** The first whose Vector API they are tried with. */
    static final int JAVA = 25;

    private static final Path SOURCES = Path.of("src", "bench", "vector", "java");
    private static final int MOST_SECONDS = 60;

    private final Path folder;
    private Path javaOfCompiled;

    /** Compiles into a folder. */
    VectorLoops(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder of their classes.
     *
     * @param java the command that will run them
     * @param classPath what they are compiled against
     * @throws Unavailable if it comes without a compiler, or that refuses them
     */
    Path compiled(Path java, String classPath) throws IOException, InterruptedException, Unavailable {
        if (!java.equals(javaOfCompiled)) {
            compile(java.resolveSibling("javac"), classPath);
            javaOfCompiled = java;
        }
        return folder;
    }

    private void compile(Path javac, String classPath) throws IOException, InterruptedException, Unavailable {
        if (!Files.isExecutable(javac)) {
            throw new Unavailable("there is no " + javac + "; a JDK has it, a JRE doesn't");
        }
        List<String> command = new ArrayList<>(List.of(javac.toString(), "--add-modules", "jdk.incubator.vector"));
        command.addAll(List.of("-proc:none", "-implicit:none", "-cp", classPath, "-d", folder.toString()));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(command::add);
        }
        List<String> said = new ArrayList<>();
        if (Child.listen(new ProcessBuilder(command), MOST_SECONDS, said::add) != 0) {
            throw new Unavailable("javac refuses the loops with the Vector API: " + String.join(" ", said));
        }
    }
}
