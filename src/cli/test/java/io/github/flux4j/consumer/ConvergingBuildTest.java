package io.github.flux4j.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds that demand {@code dependencyConvergence} pass with flux4j beside Logback and beside Spring Boot's starter, in either order. One run of
 * Maven (3.9 or later, for its second local repository) over a module a case.
 */
@Tag("process")
class ConvergingBuildTest {

    /** The module that stands on most others. */
    private static final String FLUX4J = LocalRepository.dependency("flux4j-interop");

    private static final String BUILD = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <groupId>org.example</groupId>
              <artifactId>consumer</artifactId>
              <version>1</version>
              <packaging>pom</packaging>
              <modules>%s</modules>
            </project>
            """;

    private static final String MODULE = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              %s
              <groupId>org.example</groupId>
              <artifactId>%s</artifactId>
              <version>1</version>
              <dependencies>%s</dependencies>
            </project>
            """;

    private static final String SPRING_BOOT = """
            <parent>
              <groupId>org.springframework.boot</groupId>
              <artifactId>spring-boot-starter-parent</artifactId>
              <version>%s</version>
              <relativePath/>
            </parent>
            """;

    /** Of the parent's version, which also says those of what it brings: Spring Boot 3.5's starter doesn't converge without. */
    private static final String STARTER = """
            <dependency>
              <groupId>org.springframework.boot</groupId>
              <artifactId>spring-boot-starter</artifactId>
            </dependency>
            """;

    private static final List<String> MODULES = List.of(
            "alone",
            "logback-after",
            "logback-before",
            "boot-3-after",
            "boot-3-before",
            "boot-4-after",
            "boot-4-before");

    @TempDir
    private Path folder;

    @Test
    void buildsWithLogbackAndWithSpringBootConvergeInEitherOrder() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        new LocalRepository(folder.resolve("repository")).install();
        Files.writeString(
                folder.resolve("pom.xml"),
                BUILD.formatted("<module>" + String.join("</module><module>", MODULES) + "</module>"));
        module("alone", "", FLUX4J);
        inEitherOrder(
                "logback",
                "",
                LocalRepository.dependency("ch.qos.logback", "logback-classic", property("logback.version", pom)));
        inEitherOrder("boot-3", SPRING_BOOT.formatted("3.5.7"), STARTER);
        inEitherOrder(
                "boot-4", "", LocalRepository.dependency("org.springframework.boot", "spring-boot-starter", "4.0.1"));

        String log = enforce();

        assertThat(log.split("DependencyConvergence passed", -1))
                .as(log)
                .hasSize(MODULES.size() + 2); // the build itself, too
    }

    private void inEitherOrder(String name, String parent, String other) throws IOException {
        module(name + "-after", parent, FLUX4J + other);
        module(name + "-before", parent, other + FLUX4J);
    }

    private void module(String name, String parent, String dependencies) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve(name)).resolve("pom.xml"),
                MODULE.formatted(parent, name, dependencies));
    }

    private static String property(String name, String pom) {
        Matcher found = Pattern.compile("<" + name + ">(.*)</" + name + ">").matcher(pom);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    /** Poms that this machine hasn't yet, of Spring Boot say, are fetched into the user's own repository; nothing is installed there. */
    private String enforce() throws Exception {
        Path log = folder.resolve("log");
        ProcessBuilder maven = new ProcessBuilder("mvn", "-B", "-ntp", "-fae")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        maven.command().add("-Denforcer.rules=dependencyConvergence");
        maven.command().add("-Dmaven.repo.local=" + System.getProperty("localRepository"));
        maven.command().add("-Dmaven.repo.local.tail=" + folder.resolve("repository"));
        maven.command().add("org.apache.maven.plugins:maven-enforcer-plugin:3.7.0:enforce");
        int code = maven.start().waitFor();
        assertThat(code).as(Files.readString(log)).isZero();
        return Files.readString(log);
    }
}
