package io.github.flux4j.consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The poms of all modules in a Maven repository of a test's own, under a version that no other repository has.
 *
 * @param folder of the repository
 */
public record LocalRepository(Path folder) {

    /** Theirs. */
    public static final String VERSION = "0-consumer";

    private static final Pattern OWN_VERSION =
            Pattern.compile("<artifactId>(flux4j[^<]*)</artifactId>\\s*<version>(.*)</version>");

    /** Installs those that this build publishes. */
    public void install() throws IOException {
        try (Stream<Path> artifacts = Files.list(Path.of("target"))) {
            for (Path pom : artifacts
                    .map(artifact -> artifact.resolve("flattened-pom.xml"))
                    .filter(Files::exists)
                    .toList()) {
                install(pom, pom.getName(1).toString());
            }
        }
    }

    private void install(Path pom, String artifact) throws IOException {
        String text = Files.readString(pom);
        Matcher found = OWN_VERSION.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no version in " + pom);
        }
        String version = "<version>" + found.group(2) + "</version>";
        Files.writeString(
                folderOf(artifact).resolve(artifact + "-" + VERSION + ".pom"),
                text.replace(version, "<version>" + VERSION + "</version>"));
    }

    /** Where an artifact's files are, such as its jar {@code artifact-VERSION.jar}. */
    public Path folderOf(String artifact) throws IOException {
        return Files.createDirectories(
                folder.resolve("io/github/flux4j").resolve(artifact).resolve(VERSION));
    }

    /** A dependency on a module. */
    public static String dependency(String artifact) {
        return dependency("io.github.flux4j", artifact, VERSION);
    }

    /** A dependency. */
    public static String dependency(String group, String artifact, String version) {
        return """
                <dependency>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                </dependency>
                """.formatted(group, artifact, version);
    }
}
