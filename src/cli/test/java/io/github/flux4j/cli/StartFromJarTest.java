package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.Modules;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar}, with a jar as Maven makes it, in a folder whose name has a blank. */
class StartFromJarTest {

    private static final Path CLASSES = Path.of("target", "flux4j-cli", "classes");

    private static final List<Path> LIBRARIES = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> entry.toString().endsWith(".jar"))
            .toList();

    @TempDir
    private Path temporary;

    private Path folder;
    private final List<String> properties = new ArrayList<>();

    @BeforeEach
    void makeJar() throws IOException {
        folder = Files.createDirectory(temporary.resolve("my flux4j"));
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, StartFromJar.class.getName());
        pack(CLASSES, folder.resolve("flux4j-1.jar"), manifest);
    }

    private static void pack(Path classes, Path jar, Manifest manifest) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> all = Files.walk(classes)) {
            for (Path one : all.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(one).toString().replace(File.separatorChar, '/')));
                Files.copy(one, out);
            }
        }
    }

    /** The modules that the command line stands on, where they are not packed yet. */
    private static List<Path> modules() {
        return Modules.entries()
                .map(Path::of)
                .filter(entry ->
                        Files.isDirectory(entry) && !entry.toAbsolutePath().endsWith(CLASSES))
                .toList();
    }

    private void makeLib() throws IOException {
        Path lib = Files.createDirectory(folder.resolve("lib"));
        for (Path library : LIBRARIES) {
            linkOrCopy(library, lib.resolve(library.getFileName()));
        }
        Manifest plain = new Manifest();
        plain.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        for (Path module : modules()) {
            pack(module, lib.resolve(module.getParent().getFileName() + ".jar"), plain);
        }
    }

    private static void linkOrCopy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(from, to);
        }
    }

    /** From the folder above, by a relative path. */
    private CommandRun run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(properties);
        Collections.addAll(command, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-jar", "my flux4j/flux4j-1.jar");
        Collections.addAll(command, arguments);
        Path err = temporary.resolve("err");
        Process process = new ProcessBuilder(command)
                .directory(temporary.toFile())
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandRun(process.waitFor(), out, Files.readString(err));
    }

    @Test
    void besideLibItRuns() throws Exception {
        makeLib();
        CommandRun article = run("article", "--json", "--weight", "0.5", "--epochs", "0");
        assertThat(article.code()).isZero();
        assertThat(article.out()).startsWith("{\"initial\":{\"weight\":0.5,\"bias\":0.0,\"loss\":4.5}");
    }

    @Tag("process")
    @Test
    void besideLibItsClassPathIsWholeAndItsPropertiesHold() throws Exception {
        makeLib();
        assertThat(run("classpath").out().strip().split(File.pathSeparator))
                .hasSize(1 + LIBRARIES.size() + modules().size())
                .allMatch(jar -> Path.of(jar).isAbsolute() && Files.isRegularFile(Path.of(jar)));
        properties.add("-Dflux4j.engine=fast");
        CommandRun refused = run("article", "--json");
        assertThat(refused.err())
                .isEqualTo("flux4j article: -Dflux4j.engine=fast names no engine; the engines are lean, dl4j"
                        + System.lineSeparator());
        assertThat(refused.code()).isEqualTo(1);
    }

    @Tag("process")
    @Test
    void argumentsArriveAsTheyWere() throws Exception {
        makeLib();
        Path program = Files.writeString(temporary.resolve("Echo.java"), """
                class Echo {
                    public static void main(String[] arguments) {
                        System.out.print(String.join("|", arguments));
                    }
                }
                """);
        assertThat(run("run", program.toString(), "--help", "@file", "", "a b", "$x"))
                .isEqualTo(new CommandRun(0, "--help|@file||a b|$x", ""));
    }

    @Tag("process")
    @Test
    void withoutLibItSaysHowToStartItElsewhere() throws Exception {
        String said = "flux4j: " + folder.toRealPath().resolve("flux4j-1.jar")
                + " needs the folder lib beside it, with the jars that"
                + " mvn package puts there. To start it from elsewhere, name them: java -cp \"flux4j-1.jar"
                + File.pathSeparator
                + "FOLDER" + File.separator + "*\" io.github.flux4j.cli.Main article" + System.lineSeparator();
        assertThat(run("article")).isEqualTo(new CommandRun(1, "", said));
        Files.createDirectory(folder.resolve("lib"));
        assertThat(run("article")).isEqualTo(new CommandRun(1, "", said));
    }
}
