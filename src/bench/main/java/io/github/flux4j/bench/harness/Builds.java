package io.github.flux4j.bench.harness;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Class paths of other commits: a commit's classes and the libraries it asks for, then this tree's harness, of which what calls flux4j is compiled once
 * more, against the commit's classes.
 */
final class Builds {

    /** All that calls flux4j on behalf of the harness. */
    static final List<String> CALLERS = List.of("Flux4jModel", "FluxNetwork");

    private static final Path SOURCES = Path.of("src/bench/main/java/io/github/flux4j/bench/contender");

    private static final int MOST_SECONDS = 60; // of javac

    private final Path folder;
    private final PrintStream progress;

    /**
     * Builds of commits.
     *
     * @param folder in which they are kept, by their ids
     */
    Builds(Path folder, PrintStream progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * The class path of a commit, which is fetched from git and compiled by Maven unless it has been before.
     *
     * @throws IllegalStateException if it can't be compiled, or lacks a word that the harness calls
     */
    List<String> of(Commit commit, List<String> harness) throws IOException, InterruptedException {
        Path tree = folder.resolve(commit.id());
        Path target = tree.resolve("target");
        Path libraries = target.resolve("libraries").toAbsolutePath();
        if (!isBuilt(libraries)) {
            progress.println("building " + commit.line());
            build(commit, tree);
        }
        boolean hasModules = Files.exists(tree.resolve("src/cli"));
        Path classes = target.resolve(hasModules ? "flux4j-cli/classes" : "classes");
        Path callers = target.resolve("callers");
        List<String> rest = classPath(classes.toString(), entries(Files.readString(libraries)), harness);
        compileCallers(callers, String.join(File.pathSeparator, rest));
        return Stream.concat(Stream.of(callers.toString()), rest.stream()).toList();
    }

    private static boolean isBuilt(Path libraries) throws IOException {
        return Files.exists(libraries)
                && entries(Files.readString(libraries)).stream().allMatch(jar -> Files.exists(Path.of(jar)));
    }

    private static void build(Commit commit, Path tree) throws IOException, InterruptedException {
        Path log = Files.createDirectories(tree.getParent()).resolve(commit.id() + ".log");
        try (InputStream script = Builds.class.getResourceAsStream("build-commit.sh")) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            Process build = new ProcessBuilder("bash", "-c", text, "build", commit.id(), tree.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (build.waitFor() != 0) {
                throw new IllegalStateException(commit.name() + " can't be compiled; see " + log);
            }
        }
    }

    /**
     * Classes and libraries of a commit, then whatever of the harness's class path is not flux4j's. Of a library that both have, the
     * commit's version is taken.
     */
    static List<String> classPath(String classes, List<String> jars, List<String> harness) {
        Set<Path> artifacts = jars.stream().map(Builds::artifact).collect(Collectors.toSet());
        Stream<String> rest = harness.stream()
                .filter(entry ->
                        !holdsFlux4j(entry) && !(entry.endsWith(".jar") && artifacts.contains(artifact(entry))));
        return Stream.of(Stream.of(classes), jars.stream(), rest)
                .flatMap(entries -> entries)
                .toList();
    }

    /** The folder in a Maven repository that has all versions. */
    private static Path artifact(String jar) {
        return Path.of(jar).toAbsolutePath().getParent().getParent();
    }

    private static String absolute(String entry) {
        return Path.of(entry).toAbsolutePath().toString();
    }

    /** Whether an entry is one of this tree's modules, but for the harness itself. */
    private static boolean holdsFlux4j(String entry) {
        return entry.matches(".*\\bflux4j(?!-bench)(-[a-z]+)?([-/\\\\]classes(\\.jar)?|-\\d.*\\.jar)");
    }

    private static List<String> entries(String classPath) {
        return List.of(classPath.strip().split(File.pathSeparator));
    }

    /**
     * Compiles {@link #CALLERS} into a folder.
     *
     * @throws IllegalStateException if flux4j on this class path lacks what they call
     */
    static void compileCallers(Path into, String classPath) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Jdks.here("javac").toString(), "-J-Duser.language=en"));
        command.addAll(List.of("-proc:none", "-implicit:none", "-nowarn", "-d", ".", "-cp"));
        command.add(entries(classPath).stream().map(Builds::absolute).collect(Collectors.joining(File.pathSeparator)));
        CALLERS.forEach(name -> command.add(absolute(SOURCES + "/" + name + ".java")));
        List<String> said = new ArrayList<>();
        Path folder = Files.createDirectories(into); // where javac also leaves its arguments if it fails
        if (Child.listen(new ProcessBuilder(command).directory(folder.toFile()), MOST_SECONDS, said::add) != 0) {
            String first = said.stream()
                    .filter(line -> line.contains(": error: "))
                    .findFirst()
                    .orElse("javac gives no reason");
            throw new IllegalStateException(
                    "flux4j in " + classPath.split(File.pathSeparator)[0] + " can't be measured: "
                            + first.replaceFirst("^.*/(\\w+\\.java):(\\d+): error: ", "$1, line $2: "));
        }
    }
}
