package io.github.flux4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.backend.Backend;
import io.github.flux4j.backend.Environment;
import io.github.flux4j.backend.Environment.Setting;
import io.github.flux4j.cli.CommandRun;
import io.github.flux4j.cli.Jvm;
import io.github.flux4j.cli.Main;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    @TempDir
    private Path folder;

    @Test
    void textHasTheFactsTheChecksAndAConclusion() {
        CommandRun run = CommandRun.of("doctor", "--quick");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Load\n")
                .contains("Machine", "Class path", "Native libraries", "Engines", "Settings", "Checks")
                .contains("  Java          " + System.getProperty("java.runtime.version"))
                .contains("  ok            product [1 2; 3 4] * [5 6; 7 8]: [19.0, 22.0, 43.0, 50.0]")
                .contains(
                        "  ok            training step of a line, engine dl4j: weight 1.5000, bias 0.4000, loss from 4.5000"
                                + " to 0.6600")
                .endsWith("Healthy: all checks are ok." + System.lineSeparator())
                .doesNotContain("Speed", "FAILED", "null");
        assertThat(run.code()).isZero();
    }

    @Tag("process")
    @Test
    void jsonIsOneObjectWithFactsChecksAndAdvice() {
        CommandRun run = CommandRun.of("doctor", "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(json.keySet()).containsExactly("facts", "checks", "advice");
        assertThat(json.getAsJsonObject("facts").keySet()).containsExactly("environment", "load", "libraries", "speed");
        assertThat(json.getAsJsonArray("checks"))
                .hasSize(6)
                .allMatch(check -> check.getAsJsonObject().get("ok").getAsBoolean());
        JsonObject speed = json.getAsJsonObject("facts").getAsJsonObject("speed");
        assertThat(speed.get("gflops").getAsDouble()).isPositive();
        assertThat(speed.get("stepMillis").getAsDouble()).isPositive();
        assertThat(speed.getAsJsonObject("again").get("rounds").getAsInt()).isGreaterThanOrEqualTo(5);
    }

    @Tag("process")
    @Test
    void withoutBackendItSaysWhatToAdd() throws Exception {
        JsonObject json = diagnosisOfABroken(without(jar -> jar.startsWith("nd4j-native-")));
        assertThat(advice(json))
                .containsExactly(
                        "add the dependencies org.nd4j:nd4j-native:1.0.0-M2.1, org.nd4j:nd4j-native:1.0.0-M2.1:"
                                + json.getAsJsonObject("facts")
                                        .getAsJsonObject("environment")
                                        .get("platform")
                                        .getAsString());
        assertThat(failure(json)).contains("NoAvailableBackendException");
    }

    @Tag("process")
    @Test
    void withoutAnyFolderToUnpackToItNamesTheProperty() throws Exception {
        String file = Files.createFile(folder.resolve("file")).toString();
        JsonObject json = diagnosisOfABroken(
                wholeClassPath(),
                "-Dorg.bytedeco.javacpp.cachedir=" + file,
                "-Duser.home=" + file,
                "-Djava.io.tmpdir=" + file);
        assertThat(advice(json))
                .containsExactly("-Dorg.bytedeco.javacpp.cachedir=FOLDER, a writable one with 480 MiB of room");
        assertThat(failure(json)).contains("Could not create the cache");
    }

    @Tag("process")
    @Test
    void aCacheFolderThatCannotBeWrittenToIsNamedThoughJavaCppTakesAnother() throws Exception {
        String file = Files.createFile(folder.resolve("file")).toString();
        JsonObject json = diagnosis(0, wholeClassPath(), "-Dorg.bytedeco.javacpp.cachedir=" + file);
        assertThat(advice(json)).containsExactly("-Dorg.bytedeco.javacpp.cachedir=FOLDER, a writable one");
    }

    /** The second build is the first one's link to Java under another classifier, with the rest of it where it was. */
    @Tag("process")
    @Test
    void ofTwoBuildsItNamesTheOneThatJavaCppTakes() throws Exception {
        Environment here = Backend.environment();
        String second = here.platform() + "-compat";
        Path jar = folder.resolve("flux4j-second-build.jar");
        copyLink(here.platform(), second, jar);
        try {
            JsonObject json = diagnosis(0, wholeClassPath() + File.pathSeparator + jar);
            assertThat(advice(json)).containsExactly("keep one of them on the class path");
            assertThat(json.toString())
                    .contains(
                            "JavaCPP takes " + second + "\"",
                            "\"jar\":\"flux4j-second-build.jar\",\"classifier\":\"" + second + "\"");
        } finally {
            FileUtils.deleteDirectory(
                    Path.of(here.cache().folder(), jar.getFileName().toString()).toFile());
        }
    }

    private static void copyLink(String from, String to, Path jar) throws IOException {
        String bindings = "org/nd4j/linalg/cpu/nativecpu/bindings/";
        String library = "/" + System.mapLibraryName("jnind4jcpu");
        try (InputStream link = DoctorTest.class.getClassLoader().getResourceAsStream(bindings + from + library);
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry(bindings + to + library));
            link.transferTo(zip);
        }
    }

    @Tag("process")
    @Test
    void anEngineThatIsNotThereIsAFailedCheck() throws Exception {
        JsonObject json = diagnosisOfABroken(wholeClassPath(), "-Dflux4j.engine=fast");
        assertThat(failure(json)).isEqualTo("-Dflux4j.engine=fast names no engine; the engines are lean, dl4j");
        assertThat(advice(json)).containsExactly("remove it, or name one of lean, dl4j");
    }

    @Tag("process")
    @Test
    void mixedVersionsAreNamed() throws Exception {
        String mixed = Stream.of(wholeClassPath().split(File.pathSeparator))
                .map(this::older)
                .collect(Collectors.joining(File.pathSeparator));
        JsonObject json = diagnosis(0, mixed);
        assertThat(json.toString())
                .contains(
                        "openblas 0.3.31-1.5.13 was made with another javacpp than 1.5.7",
                        "slf4j-api 1.7.36 doesn't find slf4j-simple 2.0.17");
    }

    /** The same jar by the name of an older version; not those with libraries, which would be unpacked under that name. */
    private String older(String entry) {
        String name = new File(entry).getName();
        String older = name.replaceFirst("^javacpp-1\\.5\\.13(?=\\.jar)", "javacpp-1.5.7")
                .replaceFirst("^slf4j-api-2\\.0\\.17", "slf4j-api-1.7.36");
        if (older.equals(name)) {
            return entry;
        }
        try {
            return Files.copy(Path.of(entry), folder.resolve(older)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String wholeClassPath() {
        return System.getProperty("java.class.path");
    }

    private static String without(Predicate<String> jar) {
        return Stream.of(wholeClassPath().split(File.pathSeparator))
                .filter(entry -> !jar.test(new File(entry).getName()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static JsonObject diagnosisOfABroken(String classPath, String... flags) throws Exception {
        return diagnosis(1, classPath, flags);
    }

    /** Of a JVM of its own, which must end with that code; without the variables set here, which have advice of their own. */
    private static JsonObject diagnosis(int code, String classPath, String... flags) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(Jvm.flags());
        command.addAll(List.of(flags));
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1", "-cp", classPath, Main.class.getName(), "doctor", "--json", "--quick"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        Backend.environment().settings().stream()
                .filter(setting -> setting.source() == Setting.Source.ENVIRONMENT_VARIABLE)
                .forEach(setting -> builder.environment().remove(setting.name()));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(code);
        return JsonParser.parseString(out).getAsJsonObject();
    }

    private static List<String> advice(JsonObject json) {
        return json.getAsJsonArray("advice").asList().stream()
                .map(advice -> advice.getAsJsonObject().get("set").getAsString())
                .toList();
    }

    private static String failure(JsonObject json) {
        return json.getAsJsonArray("checks").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(check -> !check.get("ok").getAsBoolean())
                .map(check -> check.get("got").getAsString())
                .collect(Collectors.joining());
    }
}
