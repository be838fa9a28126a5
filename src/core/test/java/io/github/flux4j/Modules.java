package io.github.flux4j;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** flux4j's own modules on this process's class path: folders of classes while they are built, jars once they are packed. */
public final class Modules {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private Modules() {}

    /** Their folders and jars, without tests. */
    public static Stream<String> entries() {
        return all().filter(Modules::isOurs);
    }

    /** This process's class path without them, but with their tests. */
    public static String classPathWithout() {
        return all().filter(entry -> !isOurs(entry)).collect(Collectors.joining(File.pathSeparator));
    }

    /** Them and the jars that these classes are in. */
    public static String classPathWith(Class<?>... libraries) {
        return Stream.concat(entries(), Arrays.stream(libraries).map(Modules::jar))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The jar that a class is in. */
    public static String jar(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Stream<String> all() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    private static boolean isOurs(String entry) {
        Path path = Path.of(entry).toAbsolutePath();
        return path.startsWith(TARGET)
                && (path.endsWith("classes") || entry.endsWith(".jar") && !entry.endsWith("-tests.jar"));
    }
}
