package io.github.flux4j.bench.harness;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Class paths of other commits: a commit's classes and the libraries it asks for, then this tree's harness, of which what calls flux4j is compiled once
 * more, against the commit's classes.
 */
final class Builds {

    /** All that calls flux4j on behalf of the harness. */
    static final List<String> CALLERS = List.of("Flux4jModel", "FluxNetwork");

    private static final Path SOURCES = Path.of("src/bench/main/java/io/github/flux4j/bench/contender");

    /** The module that stands on all that is measured. */
    private static final String COMMANDS = "src/cli";

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
        Path libraries = tree.resolve("target").resolve("libraries").toAbsolutePath();
        if (!isBuilt(libraries)) {
            progress.println("building " + commit.line());
            checkOut(commit, tree);
            compile(commit, tree, libraries);
        }
        Path callers = tree.resolve("target").resolve("callers");
        List<String> rest = classPath(classes(tree).toString(), entries(Files.readString(libraries)), harness);
        compileCallers(callers, String.join(File.pathSeparator, rest));
        return Stream.concat(Stream.of(callers.toString()), rest.stream()).toList();
    }

    private static Path classes(Path tree) {
        return tree.resolve(hasModules(tree) ? "target/flux4j-cli/classes" : "target/classes");
    }

    /** Whether the commit is one of modules; the earlier ones are one project. */
    private static boolean hasModules(Path tree) {
        return Files.exists(tree.resolve(COMMANDS));
    }

    /** Maven writes the list of libraries last. */
    private static boolean isBuilt(Path libraries) throws IOException {
        return Files.exists(libraries)
                && entries(Files.readString(libraries)).stream().allMatch(jar -> Files.exists(Path.of(jar)));
    }

    /** An archive, since a worktree would be noted in this repository. */
    private static void checkOut(Commit commit, Path tree) throws IOException, InterruptedException {
        Files.createDirectories(tree);
        Path archive = tree.resolveSibling(commit.id() + ".tar");
        Path log = tree.resolveSibling(commit.id() + ".log");
        boolean done = run(Path.of(""), log, List.of("git", "archive", "--output=" + archive, commit.id()))
                && run(Path.of(""), log, List.of("tar", "-xf", archive.toString(), "-C", tree.toString()));
        Files.deleteIfExists(archive);
        if (!done) {
            throw new IllegalStateException("the sources of " + commit.name() + " can't be had; see " + log);
        }
    }

    private static void compile(Commit commit, Path tree, Path libraries) throws IOException, InterruptedException {
        Path log = tree.resolveSibling(commit.id() + ".log");
        List<String> maven = new ArrayList<>(List.of("mvn", "-q", "-B", "-ntp", "-Dmaven.test.skip", "compile"));
        maven.addAll(List.of("dependency:build-classpath", "-DincludeScope=runtime", "-Dmdep.outputFile=" + libraries));
        if (hasModules(tree)) {
            maven.addAll(List.of("-pl", COMMANDS, "-am"));
        }
        List<String> offline = Stream.concat(maven.stream(), Stream.of("-o")).toList();
        if (!run(tree, log, offline) && !run(tree, log, maven)) {
            throw new IllegalStateException(commit.name() + " can't be compiled; see " + log);
        }
    }

    private static boolean run(Path directory, Path log, List<String> command)
            throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .directory(directory.toAbsolutePath().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start()
                        .waitFor()
                == 0;
    }

    /**
     * Classes and libraries of a commit, then whatever of the harness's class path is not flux4j's. Of a library that both have, the
     * commit's version is taken.
     */
    static List<String> classPath(String classes, List<String> jars, List<String> harness) {
        Set<Path> artifacts = jars.stream().map(Builds::artifact).collect(Collectors.toSet());
        Stream<String> rest = harness.stream()
                .filter(entry -> !holdsFlux4j(entry) && !(isJar(entry) && artifacts.contains(artifact(entry))));
        return Stream.of(Stream.of(classes), jars.stream(), rest)
                .flatMap(entries -> entries)
                .toList();
    }

    /** The folder in a Maven repository that has all versions. */
    private static Path artifact(String jar) {
        return Path.of(jar).toAbsolutePath().getParent().getParent();
    }

    private static boolean isJar(String entry) {
        return entry.endsWith(".jar");
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
    static void compileCallers(Path into, String classPath) throws IOException {
        Files.createDirectories(into);
        List<Path> sources =
                CALLERS.stream().map(name -> SOURCES.resolve(name + ".java")).toList();
        List<String> options =
                List.of("-proc:none", "-implicit:none", "-nowarn", "-cp", classPath, "-d", into.toString());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, StandardCharsets.UTF_8)) {
            if (!compiler.getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call()) {
                throw new IllegalStateException(
                        "flux4j in " + classPath.split(File.pathSeparator)[0] + " can't be measured: " + first(found));
            }
        }
    }

    private static String first(DiagnosticCollector<JavaFileObject> found) {
        return found.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one -> Path.of(one.getSource().getName()).getFileName() + ", line " + one.getLineNumber() + ": "
                        + one.getMessage(Locale.ROOT).replaceAll("\\s+", " "))
                .findFirst()
                .orElse("javac gives no reason");
    }
}
