package io.github.flux4j.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of Spring Boot, built by Maven and passing its own tests: a job trains, requests are answered by what it trained. Spring Boot itself is
 * fetched into the user's own repository, where it isn't yet.
 */
@Tag("long")
class SpringExampleTest {

    private static final List<String> MODULES = List.of("flux4j-csv", "flux4j-predict", "flux4j", "flux4j-tables");

    @TempDir
    private Path folder;

    @Test
    void trainsInAJobAndPredictsAtRequests() throws Exception {
        LocalRepository flux4j = new LocalRepository(folder.resolve("repository"));
        flux4j.install();
        for (String module : MODULES) {
            pack(module, flux4j.folderOf(module));
        }
        copy(Path.of("src/site/examples/spring"), folder.resolve("spring"));

        assertThat(build()).contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0");
    }

    private static void pack(String module, Path into) throws Exception {
        String jar =
                into.resolve(module + "-" + LocalRepository.VERSION + ".jar").toString();
        assertThat(ToolProvider.findFirst("jar")
                        .orElseThrow()
                        .run(
                                System.out,
                                System.err,
                                "--create",
                                "--file",
                                jar,
                                "-C",
                                "target/" + module + "/classes",
                                "."))
                .isZero();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(path -> !path.startsWith(from.resolve("target")))
                    .toList()) {
                Files.createDirectories(to);
                if (!file.equals(from)) {
                    Files.copy(file, to.resolve(from.relativize(file)));
                }
            }
        }
    }

    private String build() throws Exception {
        Path log = folder.resolve("log");
        ProcessBuilder maven = new ProcessBuilder(
                        "mvn", "-B", "-ntp", "test", "-Dflux4j.version=" + LocalRepository.VERSION)
                .directory(folder.resolve("spring").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        maven.command().add("-Dmaven.repo.local=" + System.getProperty("localRepository"));
        maven.command().add("-Dmaven.repo.local.tail=" + folder.resolve("repository"));
        maven.environment()
                .put(
                        "CARS",
                        Path.of("src/site/data/auto-mpg.csv").toAbsolutePath().toString());
        maven.start().waitFor();
        return Files.readString(log);
    }
}
