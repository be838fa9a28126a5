package io.github.flux4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scripts/flux4j} in a project of its own, with a Maven and a Java that take a moment and only tell what they were given. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there java -jar is used")
class LauncherTest {

    /** Makes jar and folder in two steps, as Maven does. */
    private static final String MAVEN = """
            #!/usr/bin/env bash
            echo "built at $(cat src/cli/main/App.java)" >>"$BUILDS"
            cd target/flux4j-cli 2>/dev/null || { mkdir -p target/flux4j-cli && cd target/flux4j-cli; }
            mkdir -p lib
            printf half >flux4j-cli-1.jar
            printf half >lib/a.jar
            [[ -z ${SLOW:-} ]] || sleep "$SLOW"
            [[ -z ${BROKEN:-} ]] || { echo "${PWD%/target/*}/src/cli/main/App.java: broken" && exit 1; }
            cat ../../src/cli/main/App.java >flux4j-cli-1.jar
            printf whole >lib/a.jar
            touch lib/{flux4j-predict,gson,fastcsv,picocli}-1.jar
            """;

    private static final String JAVA = """
            #!/usr/bin/env bash
            [[ $1 != -version ]] || { echo "openjdk version \\"${VERSION:-17}.0.1\\"" && exit; }
            for argument; do
              case $argument in *AtExit=* | *CacheOutput=*) [[ -n ${VERSION:-} ]] && echo kept >"${argument#*=}" && exit || exit 1 ;; esac
            done
            target=$(dirname "$(dirname "$0")")/target/flux4j-cli
            [[ -z ${SHOW:-} ]] || echo "flags $* in LC_ALL=${LC_ALL:-} LC_CTYPE=${LC_CTYPE:-}"
            for argument; do [[ ${before:-} != --class-path ]] || echo "on $argument"; before=$argument; done
            echo "ran with $(cat "$target/flux4j-cli-1.jar") and $(cat "$target"/lib/*.jar)"
            """;

    private static final String COMMANDS = "src/cli/main/resources/io/github/flux4j/cli/commands";
    private static final String ASKS_FOR_FLOCK = "command -v flock >/dev/null";

    @TempDir
    private Path project;

    private Path builds;
    private final List<Process> started = new ArrayList<>();
    private String command = "article";

    @BeforeEach
    void makeProject() throws IOException {
        builds = Files.createFile(project.resolve("builds.log"));
        write("pom.xml", "<project><revision>1</revision></project>");
        write("src/cli/main/App.java", "one");
        write(COMMANDS, Files.readString(Path.of(COMMANDS)));
        program("bin/mvn", MAVEN);
        program("bin/java", JAVA);
    }

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    private void program(String file, String text) throws IOException {
        if (!Files.exists(project.resolve(file))) {
            write(file, text);
            assertThat(project.resolve(file).toFile().setExecutable(true)).isTrue();
        }
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(project.resolve(file).getParent());
        Files.writeString(project.resolve(file), text);
    }

    /** With Maven and Java of this test, with flock only if there is one and it is wanted. */
    private Process start(boolean flock, String... variables) throws IOException {
        String script = Files.readString(Path.of("scripts/flux4j"));
        assertThat(script).contains(ASKS_FOR_FLOCK);
        program("scripts/flux4j", flock ? script : script.replace(ASKS_FOR_FLOCK, "false"));
        ProcessBuilder builder =
                new ProcessBuilder(project.resolve("scripts/flux4j").toString(), command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.remove("JAVA_HOME");
        environment.put("PATH", project.resolve("bin") + File.pathSeparator + environment.get("PATH"));
        environment.put("BUILDS", builds.toString());
        for (String variable : variables) {
            environment.put(variable.split("=")[0], variable.substring(variable.indexOf('=') + 1));
        }
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes());
    }

    private void assertRuns(Process process, String what) throws Exception {
        assertThat(output(process)).endsWith("ran with " + what + " and whole\n");
        assertThat(process.waitFor()).isZero();
    }

    private List<String> leftovers() {
        return Stream.of(project.resolve("target").toFile().list())
                .filter(name -> name.contains(".build.") || name.endsWith(".d"))
                .toList();
    }

    private long builds() throws IOException {
        return Files.readAllLines(builds).size();
    }

    private void awaitABuild() throws Exception {
        while (builds() == 0) {
            Thread.sleep(10);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void buildsOnceAndAgainWhenASourceIsNewer(boolean flock) throws Exception {
        assertRuns(start(flock), "one");
        assertRuns(start(flock), "one");
        assertThat(builds()).isEqualTo(1);
        write("src/cli/main/App.java", "two");
        assertRuns(start(flock), "two");
        assertThat(leftovers()).isEmpty();
    }

    @Tag("process")
    @Test
    void aSourceChangedWhileItIsBuiltIsBuiltAgain() throws Exception {
        Process first = start(true, "SLOW=0.5");
        awaitABuild();
        write("src/cli/main/App.java", "two");
        first.waitFor();
        Files.writeString(
                project.resolve("target/flux4j-cli/flux4j-cli-1.jar"),
                "one"); // of the same size: as if it had been read before
        assertRuns(start(true), "two");
        assertThat(builds()).isEqualTo(2);
    }

    @Tag("process")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void startsAtOnceBuildOnceAndAllRun(boolean flock) throws Exception {
        List<Process> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(start(flock, "SLOW=0.5"));
        }
        for (Process one : all) {
            assertRuns(one, "one");
        }
        assertThat(builds()).isEqualTo(1);
        assertThat(leftovers()).isEmpty();
    }

    @Tag("process")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterAKillTheNextStartBuilds(boolean flock) throws Exception {
        Process first = start(flock, "SLOW=30");
        awaitABuild();
        killAll(first);
        assertRuns(start(flock), "one");
        assertThat(leftovers()).isEmpty();
    }

    /** The deepest first, or they would have other parents. */
    private static void killAll(Process process) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** A Maven that nobody waits for any more writes where nobody looks. */
    @Tag("process")
    @Test
    void afterAKillOfTheScriptsAloneTheNextStartBuildsBesideTheMavenThatGoesOn() throws Exception {
        Process first = start(true, "SLOW=1");
        awaitABuild();
        List<ProcessHandle> scripts = first.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("scripts/flux4j"))
                .toList();
        first.destroyForcibly();
        scripts.forEach(ProcessHandle::destroyForcibly);
        assertRuns(start(true), "one");
        Thread.sleep(1500); // in which the first would have ended
        assertRuns(start(true), "one");
    }

    @Tag("process")
    @ParameterizedTest
    @ValueSource(strings = {"flux4j-cli-1.jar", "lib/a.jar"})
    void whatWasCutOffIsBuiltAgain(String file) throws Exception {
        assertRuns(start(true), "one");
        FileTime future = FileTime.from(Instant.now().plusSeconds(60));
        Path cut = project.resolve("target/flux4j-cli").resolve(file);
        Files.setLastModifiedTime(Files.writeString(cut, ""), future);
        assertRuns(start(true), "one");
        assertRuns(start(true), "one");
        assertThat(builds()).isEqualTo(2);
    }

    @Tag("process")
    @Test
    void aBuildThatFailsSaysWhereAndLeavesWhatThereWas() throws Exception {
        assertRuns(start(true), "one");
        write("src/cli/main/App.java", "two");
        Process broken = start(true, "BROKEN=1");
        assertThat(output(broken))
                .contains(project.resolve("src/cli/main/App.java") + ": broken\n")
                .endsWith("flux4j: the build failed; its messages are above\n");
        assertThat(broken.waitFor()).isEqualTo(1);
        assertThat(project.resolve("target/flux4j-cli/flux4j-cli-1.jar")).hasContent("one");
        assertThat(leftovers()).isEmpty();
        assertRuns(start(true), "two");
    }

    /** Else Java takes a share of the machine at once, and {@code serve} fills it with what it could have dropped. */
    @Tag("process")
    @ParameterizedTest
    @ValueSource(strings = {"predict", "serve"})
    void whatGoesOnForLongHasAHeapThatGrowsAsItMustUnlessTheCallerSaysWhich(String name) throws Exception {
        command = name;
        assertThat(shown("JDK_JAVA_OPTIONS=")).contains(" -XX:+UseSerialGC -Xms32m ");
        assertThat(shown("JDK_JAVA_OPTIONS=-Xmx16m"))
                .contains(" -XX:+UseSerialGC ")
                .doesNotContain("-Xms");
        assertThat(shown("JDK_JAVA_OPTIONS=-XX:+UseZGC")).contains(" -Xms32m ").doesNotContain("SerialGC");
    }

    /** In a locale without a character set Java would refuse to open a file called modèle. */
    @Tag("process")
    @Test
    void aLocaleWithoutACharacterSetBecomesOneOfUtf8() throws Exception {
        assertThat(shown("LC_ALL=", "LC_CTYPE=", "LANG=")).contains(" in LC_ALL= LC_CTYPE=C.UTF-8\n");
        assertThat(shown("LC_ALL=C", "LC_CTYPE=", "LANG=de_DE.UTF-8"))
                .contains(" in LC_ALL=C.UTF-8 LC_CTYPE=C.UTF-8\n");
        assertThat(shown("LC_ALL=", "LC_CTYPE=", "LANG=de_DE.ISO-8859-1")).contains(" in LC_ALL= LC_CTYPE=\n");
    }

    /** Java before 25 refuses to start with the flags of 25, and Java 17 with half of an archive. */
    @Tag("process")
    @ParameterizedTest
    @CsvSource({
        "17, jsa, -XX:SharedArchiveFile=, -Xlog:cds*=off",
        "24, jsa, -XX:SharedArchiveFile=, -Xlog:cds*=off",
        "25, aot, -XX:AOTCache=, -Xlog:aot*=off"
    })
    void whatAStartReadsIsKeptInTheFormOfTheJava(String version, String end, String flag, String log) throws Exception {
        for (String path : List.of("whole", "light")) {
            command = path.equals("whole") ? "article" : "predict";
            output(start(true));
            Path kept = project.resolve("target/flux4j-" + path + "-java" + version + "." + end);
            for (String text : List.of("none", "kept\n", "ke")) {
                Files.writeString(kept, text);
                assertThat(shown("VERSION=" + version))
                        .contains(" " + flag + kept + " " + log + " -Dflux4j.archive=" + kept + " ");
                assertThat(kept).hasContent("kept\n");
            }
        }
    }

    private String shown(String... variables) throws IOException {
        return output(start(
                true, Stream.concat(Stream.of("SHOW=1"), Stream.of(variables)).toArray(String[]::new)));
    }

    @Tag("process")
    @ParameterizedTest
    @ValueSource(strings = {"predict", "evaluate", "serve", "show"})
    void whatNeedsNoNd4jGetsFlux4jAndThreeLibrariesAndNoMore(String name) throws Exception {
        command = name;
        Path lib = project.resolve("target/flux4j-cli/lib");
        String path = Stream.of("flux4j-predict", "gson", "fastcsv", "picocli")
                .map(library -> lib.resolve(library + "-1.jar").toString())
                .collect(Collectors.joining(":", project.resolve("target/flux4j-cli/flux4j-cli-1.jar") + ":", ""));
        assertThat(output(start(true))).contains("on " + path + "\n");
        command = "train";
        assertThat(output(start(true)))
                .contains("on " + project.resolve("target/flux4j-cli/flux4j-cli-1.jar") + ":" + lib + "/*\n");
    }
}
