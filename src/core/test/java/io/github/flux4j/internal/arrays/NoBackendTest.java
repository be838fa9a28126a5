package io.github.flux4j.internal.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.flux4j.Flux4j;
import io.github.flux4j.engine.Program;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

/** What a program is told where ND4J can't start: in a JVM of its own, since in this one it has. */
@Tag("process")
class NoBackendTest {

    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final String SAID = "java.lang.IllegalStateException: ";

    private static final String NO_BACKEND = SAID + "no ND4J backend on the class path, so there is nothing to "
            + "compute with. Add org.nd4j:nd4j-native-platform:1.0.0-M2.1 (or org.nd4j:nd4j-native:1.0.0-M2.1 with the classifier of "
            + "your platform, such as linux-x86_64), and its org.bytedeco:javacpp and org.bytedeco:openblas";

    private static final String PREDICT_HERE =
            ". Train on Linux with glibc, on macOS, or on Windows with an x86-64 JDK."
                    + " Here io.github.flux4j:flux4j-predict, which is plain Java, predicts with the saved model";

    private static final String REMEDY =
            ". -Dorg.bytedeco.javacpp.cachedir=FOLDER sets another folder; it needs 500 MB of space."
                    + " flux4j's command doctor finds the cause";

    @TempDir
    private Path folder;

    @Test
    void saysWhatToAddAtTheFirstAttemptAndAtEveryOther() throws Exception {
        assertSaidAtEveryAttempt(NO_BACKEND, start(without("nd4j-native.*"), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nd4j-native-.*-(linux|macosx|windows)-.*",
                "openblas-.*-(linux|macosx|windows)-.*",
                "openblas-.*"
            })
    void saysTheSameIfOnlyAPartIsMissing(String jars) throws Exception {
        assertSaidAtEveryAttempt(NO_BACKEND, start(without(jars), Map.of()));
    }

    @Test
    void aJarWhoseDownloadWasCutOffIsNamed() throws Exception {
        Path jar = Stream.of(CLASS_PATH.split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.getFileName().toString().matches("openblas-.*-(linux|macosx|windows)-.*"))
                .findFirst()
                .orElseThrow();
        byte[] whole = Files.readAllBytes(jar);
        Path half = Files.write(folder.resolve("half.jar"), Arrays.copyOf(whole, whole.length / 2));

        assertSaidAtEveryAttempt(
                SAID + "ND4J can't start, since Java can't open " + half
                        + "; delete that file and let your build download it again",
                start(CLASS_PATH.replace(jar.toString(), half.toString()), Map.of()));
    }

    /** As a disk leaves it that was full, or a machine that was switched off. */
    @Test
    void aLibraryThatIsCutOffInTheCacheIsUnpackedAgain() throws Exception {
        String cache = "-Dorg.bytedeco.javacpp.cachedir=" + folder;
        assertSaidAtEveryAttempt("it ran", start(CLASS_PATH, Map.of(), cache));
        List<Path> libraries = libraries();
        assertThat(libraries).hasSizeGreaterThan(5);
        for (Path library : libraries) {
            Files.write(library, Arrays.copyOf(Files.readAllBytes(library), 5000));
        }

        assertSaidAtEveryAttempt("it ran", start(CLASS_PATH, Map.of(), cache));
    }

    private List<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(".*\\.(so|dylib|dll)\\b.*"))
                    .filter(Files::isRegularFile)
                    .filter(file -> !Files.isSymbolicLink(file))
                    .toList();
        }
    }

    @Test
    void withoutAFolderToUnpackToItNamesThoseThatWereTriedAndTheProperty() throws Exception {
        String file = Files.createFile(folder.resolve("file")).toString();
        assertSaidAtEveryAttempt(
                SAID
                        + "ND4J's native libraries can't be unpacked, since none of these folders is writable: "
                        + file + ", " + file + "/.javacpp/cache, " + file + "/.javacpp-me/cache" + REMEDY,
                start(
                        CLASS_PATH,
                        Map.of(),
                        "-Dorg.bytedeco.javacpp.cachedir=" + file,
                        "-Duser.home=" + file,
                        "-Djava.io.tmpdir=" + file,
                        "-Duser.name=me"));
    }

    @Test
    void aFolderThatRefusesToBeUnpackedToIsNamedWithTheReason() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assumeThat(file.toFile().setExecutable(true)).isTrue(); // JavaCPP takes it for a folder then
        assertSaidAtEveryAttempt(
                SAID + "ND4J's native libraries can't be unpacked to " + file + " (" + file
                        + "/.lock (Not a directory))" + REMEDY,
                start(CLASS_PATH, Map.of(), "-Dorg.bytedeco.javacpp.cachedir=" + file));
    }

    /** With 0 threads ND4J starts, but its {@code ones(4).mul(2).add(1)} adds up to some 10²⁰. */
    @ParameterizedTest
    @ValueSource(strings = {"many", "0", "-1", "4,2"})
    void aNumberOfThreadsThatIsNoneIsNamed(String count) throws Exception {
        assertSaidAtEveryAttempt(
                SAID + "ND4J reads OMP_NUM_THREADS as one whole number above 0, but it is " + count
                        + "; set it to 1 or more, or unset it",
                start(CLASS_PATH, Map.of("OMP_NUM_THREADS", count)));
    }

    @Test
    void ofAFailureBeforeItSaysThatTheCauseWasToldThen() throws Exception {
        assertSaidAtEveryAttempt(
                SAID + "ND4J failed to start earlier, before flux4j used it; Java reported the reason only then."
                        + " flux4j's command doctor finds the cause",
                start(without("openblas-.*"), Map.of(), "-D" + Program.ND4J_FIRST + "=true"));
    }

    /** A file system mounted noexec, as Linux says it; a test can't mount one. */
    @Test
    void aFolderFromWhichNothingCanBeLoadedIsNamedWithTheReason() {
        String library = NativeCache.folder().orElseThrow() + "/libjniopenblas.so: ";
        UnsatisfiedLinkError refused =
                new UnsatisfiedLinkError(library + library + "failed to map segment from shared object");
        assertThat(SAID + StartFailure.words(new ExceptionInInitializerError(refused)))
                .isEqualTo(SAID + "ND4J's native libraries are unpacked to "
                        + NativeCache.folder().orElseThrow()
                        + ", but can't be loaded from there (failed to map segment from shared object)."
                        + " A file system mounted noexec loads no library" + REMEDY);
    }

    /** As Java on Alpine reports it; a glibc system can't raise it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/cache/libjnind4jcpu.so: Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by /cache/libjnind4jcpu.so)",
                "/cache/libjniopenblas.so: Error relocating /cache/libjniopenblas.so: __strtok_r: symbol not found"
            })
    void onMuslItNamesThePredictor(String reason) {
        assertThat(StartFailure.words(new ExceptionInInitializerError(new UnsatisfiedLinkError(reason))))
                .isEqualTo("ND4J has no native library for musl, the C library of Alpine Linux" + PREDICT_HERE);
    }

    @Test
    void onWindowsOnArmItNamesThePredictor() throws Exception {
        assertSaidAtEveryAttempt(
                SAID + "ND4J has no native library for Windows on ARM" + PREDICT_HERE,
                start(CLASS_PATH, Map.of(), "-Dos.name=Windows 11", "-Dos.arch=aarch64"));
    }

    /** Tries some words, one after another, and prints what each throws. */
    static final class Program {

        static final List<Runnable> ATTEMPTS = List.of(
                () -> Flux4j.dense(1, 1),
                () -> Flux4j.dense(1, 1),
                () -> Flux4j.column(0, 1),
                () -> Flux4j.rows(new double[] {0, 1}),
                () -> Flux4j.column(0, 1));

        static final String ND4J_FIRST = "test.nd4j-first";

        private Program() {}

        public static void main(String... args) {
            if (Boolean.getBoolean(ND4J_FIRST)) {
                failAtNd4j();
            }
            for (Runnable attempt : ATTEMPTS) {
                try {
                    attempt.run();
                    System.out.println("it ran");
                } catch (IllegalStateException | LinkageError e) {
                    System.out.println(e);
                }
            }
        }

        private static void failAtNd4j() {
            try {
                Nd4j.ones(1);
            } catch (LinkageError e) {
                // told once, and lost
            }
        }
    }

    private static String without(String jars) {
        String rest = Stream.of(CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> !new File(entry).getName().matches(jars))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(rest).isNotEqualTo(CLASS_PATH);
        return rest;
    }

    private static Process start(String classPath, Map<String, String> variables, String... flags) throws IOException {
        List<String> command = new ArrayList<>();
        Collections.addAll(command, System.getProperty("java.home") + "/bin/java", "-cp", classPath);
        Collections.addAll(command, flags);
        Collections.addAll(command, "-Dorg.slf4j.simpleLogger.defaultLogLevel=off", Program.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(variables);
        return builder.start();
    }

    private static void assertSaidAtEveryAttempt(String expected, Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(out.lines()).hasSameSizeAs(Program.ATTEMPTS).containsOnly(expected);
    }
}
