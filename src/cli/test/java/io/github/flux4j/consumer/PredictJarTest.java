package io.github.flux4j.consumer;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.stream.JsonReader;
import io.github.flux4j.ChildJvm;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.files.ModelWriter;
import io.github.flux4j.layers.Dense;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar {@code flux4j-predict}, built here of the classes that Maven puts in it: small, alone with gson, and a module. */
class PredictJarTest {

    private static final Path CLASSES = Path.of("target", "flux4j-predict", "classes");
    private static final String GUEST = "src/cli/test/java/io/github/flux4j/consumer/PredictingGuest.java";

    @TempDir
    private Path folder;

    private Path jar;
    private Path model;
    private String prediction;

    @BeforeEach
    void buildTheJarAndSaveAModel() throws Exception {
        jar = jar(folder.resolve("flux4j-predict.jar"));
        model = folder.resolve("model.flux4j");
        Dense dense = dense(2, 3, TANH);
        prediction = Arrays.toString(dense.predict(0.5, -1));
        ModelWriter.write(
                ModelWriter.file(
                        Map.of(
                                "kind",
                                "model",
                                "networks",
                                List.of(Map.of(
                                        "type", "dense", "in", 2, "out", 3, "activation", "tanh", "bias", true))),
                        Map.of(
                                "weight",
                                Tensor.of(dense.weight().ravel().toFloatVector(), 3, 2),
                                "bias",
                                Tensor.of(dense.bias().toFloatVector(), 3))),
                model);
    }

    private static Path jar(Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> classes = Files.walk(CLASSES)) {
            for (Path entry : classes.filter(Files::isRegularFile)
                    .filter(each -> !each.endsWith("LICENSE") && !each.endsWith("NOTICE"))
                    .sorted()
                    .toList()) {
                out.putNextEntry(
                        new JarEntry(CLASSES.relativize(entry).toString().replace(File.separatorChar, '/')));
                Files.copy(entry, out);
            }
        }
        return jar;
    }

    private static String gson() throws Exception {
        return Path.of(JsonReader.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    /** 5 kB of it read units, multiples, times of day, durations, quarters and weeks; 6 kB are for bounds beyond the ranges. */
    @Test
    void isSmall() throws IOException {
        assertThat(Files.size(jar)).isLessThanOrEqualTo(144_000);
    }

    @Test
    void predictsOnAClassPathWithGsonAndNothingElse() throws Exception {
        assertPredicts(ChildJvm.run(jar + File.pathSeparator + gson(), GUEST, model.toString()), "null");
    }

    /** So that it runs where a JDK has been cut down, and where a native image is built without being told of reflection. */
    @Test
    void needsJavaBaseAloneAndNoReflection() throws Exception {
        String guest = Path.of("target", "flux4j-cli", "test-classes").toString();
        ChildJvm run = ChildJvm.run(
                String.join(File.pathSeparator, jar.toString(), gson(), guest),
                "--limit-modules",
                "java.base",
                PredictingGuest.class.getName(),
                model.toString());
        assertPredicts(run, "null");
        try (Stream<Path> classes = Files.walk(CLASSES)) {
            for (Path file :
                    classes.filter(each -> each.toString().endsWith(".class")).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(
                                "java/lang/reflect/", "java/util/ServiceLoader", "forName", "com/google/gson/Gson;");
            }
        }
    }

    @Tag("process")
    @Test
    void predictsOnAModulePath() throws Exception {
        ChildJvm run = ChildJvm.run(
                "",
                "--module-path",
                jar + File.pathSeparator + gson(),
                "--add-modules",
                "io.github.flux4j.predict",
                GUEST,
                model.toString());
        assertPredicts(run, "io.github.flux4j.predict");
    }

    /** Three sums of three terms, whose last digits may differ. */
    private void assertPredicts(ChildJvm run, String module) {
        assertThat(run.err()).isEmpty();
        List<String> lines = run.out().lines().toList();
        assertThat(numbers(lines.get(0)))
                .containsExactly(numbers(prediction), org.assertj.core.api.Assertions.within(1e-6));
        assertThat(lines.subList(1, 4))
                .containsExactly(
                        module, "io.github.flux4j.Flux4j is not there", "org.nd4j.linalg.factory.Nd4j is not there");
    }

    private static double[] numbers(String list) {
        return Stream.of(list.substring(1, list.length() - 1).split(", "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
