package io.github.flux4j.cli.doctor;

import io.github.flux4j.backend.Environment.ClassPath;
import io.github.flux4j.backend.Environment.ClassPath.Jar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Jars of a native library that are not on the class path: the one with its classes, and the one with its code for a platform. */
final class Missing {

    /** What flux4j is tested with. */
    private static final Map<String, String> VERSIONS =
            Map.of("nd4j-native", "1.0.0-M2.1", "openblas", "0.3.31-1.5.13", "javacpp", "1.5.13");

    private Missing() {}

    /**
     * Those of a library, as Maven writes them.
     *
     * @param library group and artifact
     */
    static List<String> of(String library, String platform, ClassPath classPath) {
        String artifact = library.substring(library.indexOf(':') + 1);
        List<Jar> jars = classPath.libraries().stream()
                .filter(jar -> jar.artifact().equals(artifact))
                .toList();
        String coordinates =
                library + ":" + jars.stream().map(Jar::version).findFirst().orElse(VERSIONS.get(artifact));
        List<String> missing = new ArrayList<>();
        if (jars.stream().noneMatch(jar -> jar.classifier() == null)) {
            missing.add(coordinates);
        }
        if (jars.stream().noneMatch(jar -> isFor(platform, jar.classifier()))) {
            missing.add(coordinates + ":" + platform);
        }
        return missing;
    }

    private static boolean isFor(String platform, String classifier) {
        return classifier != null && (classifier.equals(platform) || classifier.startsWith(platform + "-"));
    }
}
