package io.github.flux4j.internal.arrays;

import java.io.File;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where JavaCPP unpacks native libraries: the first usable of the property's folder, one in the home and one for temporary files. */
public final class NativeCache {

    /** The system property that names the folder. */
    public static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

    /** What the libraries take, unpacked, with some room beside them. */
    public static final long BYTES = 500_000_000;

    private NativeCache() {}

    /** The folders that JavaCPP tries, in its order. */
    public static List<File> candidates() {
        return Stream.of(
                        System.getProperty(PROPERTY),
                        System.getProperty("org.bytedeco.javacpp.cacheDir"),
                        System.getProperty("user.home") + "/.javacpp/cache",
                        System.getProperty("java.io.tmpdir") + "/.javacpp-" + System.getProperty("user.name")
                                + "/cache")
                .filter(Objects::nonNull)
                .map(name ->
                        new File(name).toPath().toAbsolutePath().normalize().toFile())
                .distinct()
                .toList();
    }

    /** The one that JavaCPP takes; it may not be there yet. */
    public static Optional<File> folder() {
        return candidates().stream().filter(NativeCache::isUsable).findFirst();
    }

    /** Bytes that may be written to the folder's file system, whether the folder is there yet or not. */
    public static long free(File folder) {
        return there(folder).getUsableSpace();
    }

    /** As JavaCPP sees it, which takes a file for a folder, too, if it may be executed; one that isn't there yet if it can be made. */
    private static boolean isUsable(File folder) {
        File there = there(folder);
        return (there.equals(folder) || there.isDirectory())
                && there.canRead()
                && there.canWrite()
                && there.canExecute();
    }

    /** The folder, or the nearest one above it that there is. */
    private static File there(File folder) {
        File there = folder;
        while (!there.exists() && there.getParentFile() != null) {
            there = there.getParentFile();
        }
        return there;
    }
}
