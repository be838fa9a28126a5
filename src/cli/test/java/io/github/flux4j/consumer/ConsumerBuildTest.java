package io.github.flux4j.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What Maven (3.9 or later, for its second local repository) finds for a project whose pom declares flux4j and nothing else. Offline:
 * it reads poms, which are the same for all platforms, and no jar.
 */
@Tag("long")
class ConsumerBuildTest {

    private static final String POM = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <groupId>org.example</groupId>
              <artifactId>consumer</artifactId>
              <version>1</version>
              <dependencies>
                %s
              </dependencies>
            </project>
            """;
    /** Artifact and classifier. */
    private static final Pattern NATIVE =
            Pattern.compile("\\w:([\\w-]+):jar:((?:linux|macosx|windows|android|ios)-\\w+):");

    @TempDir
    private Path folder;

    @BeforeEach
    void installFlux4jAndDeclareIt() throws IOException {
        new LocalRepository(folder.resolve("repository")).install();
        Files.writeString(folder.resolve("pom.xml"), POM.formatted(LocalRepository.dependency("flux4j-interop")));
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,      amd64,   -Dnothing,                                        linux-x86_64",
        "Linux,      aarch64, -Dnothing,                                        linux-arm64",
        "Mac OS X,   x86_64,  -Dnothing,                                        macosx-x86_64",
        "Mac OS X,   aarch64, -Dnothing,                                        macosx-arm64",
        "Windows 11, amd64,   -Dnothing,                                        windows-x86_64",
        "Linux,      amd64,   -Djavacpp.platform=macosx-arm64,                  macosx-arm64",
        "Mac OS X,   aarch64, -Djavacpp.platform.host -Djavacpp.platform=linux-x86_64, linux-x86_64"
    })
    void hasTheNativeLibrariesOfThePlatformAndOfNoOtherAndConverges(
            String os, String arch, String given, String platform) throws Exception {
        Set<String> natives = new TreeSet<>();
        NATIVE.matcher(tree(os, arch, given))
                .results()
                .forEach(found -> natives.add(found.group(1) + " " + found.group(2)));

        natives.removeIf(name -> name.startsWith("nd4j-native-preset ")); // empty jars, named by ND4J's own poms
        assertThat(natives).containsExactly("javacpp " + platform, "nd4j-native " + platform, "openblas " + platform);
    }

    private String tree(String os, String arch, String given) throws Exception {
        Path log = folder.resolve("log");
        ProcessBuilder maven = new ProcessBuilder("mvn", "-B", "-o", "-Denforcer.rules=dependencyConvergence")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        maven.command().add("-Dmaven.repo.local=" + folder.resolve("repository"));
        maven.command().add("-Dmaven.repo.local.tail=" + System.getProperty("localRepository"));
        maven.command().addAll(List.of(given.split(" ")));
        maven.command().add("org.apache.maven.plugins:maven-enforcer-plugin:3.7.0:enforce");
        maven.command().add("org.apache.maven.plugins:maven-dependency-plugin:3.11.0:tree");
        maven.environment().put("JDK_JAVA_OPTIONS", "\"-Dos.name=" + os + "\" -Dos.arch=" + arch);
        assertThat(maven.start().waitFor()).as(() -> read(log)).isZero();
        return read(log);
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
