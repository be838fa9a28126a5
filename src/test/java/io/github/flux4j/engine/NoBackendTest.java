package io.github.flux4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.Flux4j;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a program is told whose class path lacks the ND4J backend: in a JVM of its own, since this one has it. */
class NoBackendTest {

    private static final String MESSAGE =
            "java.lang.IllegalStateException: no ND4J backend on the class path, so there is nothing to "
                    + "compute with. Add org.nd4j:nd4j-native-platform:1.0.0-M2.1 (or org.nd4j:nd4j-native:1.0.0-M2.1 with the classifier of "
                    + "your platform, such as linux-x86_64), and its org.bytedeco:javacpp and org.bytedeco:openblas";

    @Test
    void saysWhatToAddAtTheFirstAttemptAndAtEveryOther() throws Exception {
        List<String> said = linesOfAProgramWithout(jar -> jar.startsWith("nd4j-native"));

        assertThat(said).hasSameSizeAs(Program.ATTEMPTS).allMatch(MESSAGE::equals);
    }

    @Test
    void saysTheSameIfOnlyTheNativeLibraryIsMissing() throws Exception {
        List<String> said = linesOfAProgramWithout(jar -> jar.matches("nd4j-native-.*-(linux|macosx|windows)-.*"));

        assertThat(said).hasSameSizeAs(Program.ATTEMPTS).allMatch(MESSAGE::equals);
    }

    /** Tries some words, one after another, and prints what each throws. */
    static final class Program {

        static final List<Runnable> ATTEMPTS = List.of(
                () -> Flux4j.dense(1, 1),
                () -> Flux4j.dense(1, 1),
                () -> Flux4j.column(0, 1),
                () -> Flux4j.rows(new double[] {0, 1}),
                () -> Flux4j.column(0, 1));

        private Program() {}

        public static void main(String... args) {
            for (Runnable attempt : ATTEMPTS) {
                try {
                    attempt.run();
                    System.out.println("it ran");
                } catch (IllegalStateException | LinkageError e) {
                    System.out.println(e);
                }
            }
        }
    }

    private static List<String> linesOfAProgramWithout(Predicate<String> jar) throws IOException, InterruptedException {
        List<String> whole = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        String rest = whole.stream()
                .filter(entry -> jar.negate().test(new File(entry).getName()))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(rest.split(File.pathSeparator)).hasSizeLessThan(whole.size());

        List<String> command = new ArrayList<>();
        Collections.addAll(command, System.getProperty("java.home") + "/bin/java", "-cp", rest);
        Collections.addAll(command, "-Dorg.slf4j.simpleLogger.defaultLogLevel=off", Program.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return Arrays.asList(out.strip().split(System.lineSeparator()));
    }
}
