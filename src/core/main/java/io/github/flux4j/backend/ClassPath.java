package io.github.flux4j.backend;

import java.io.File;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The class path's weight and what matters on it.
 *
 * @param bytes of all jars
 * @param largest the five largest
 * @param libraries every jar of ND4J, DL4J, JavaCPP, OpenBLAS and SLF4J
 * @param mixed versions that don't belong together, one sentence each
 * @param nativeBuilds ND4J's native library for this platform: each build there is, the one that JavaCPP takes first
 */
public record ClassPath(
        int jars,
        long bytes,
        List<Jar> largest,
        List<Jar> libraries,
        List<String> mixed,
        List<NativeBuild> nativeBuilds) {

    private static final int SHOWN = 5;

    static ClassPath read() {
        List<Jar> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Jar.of(new File(entry)))
                .filter(Objects::nonNull)
                .toList();
        return new ClassPath(
                jars.size(),
                jars.stream().mapToLong(Jar::bytes).sum(),
                jars.stream()
                        .sorted(Comparator.comparingLong(Jar::bytes).reversed())
                        .limit(SHOWN)
                        .toList(),
                jars.stream().filter(Jar::isOfTheStack).toList(),
                MixedVersions.in(jars),
                NativeBuild.onClassPath());
    }
}
