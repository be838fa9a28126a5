package io.github.flux4j.internal.arrays;

import java.io.File;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder where JavaCPP unpacks native libraries: the first usable one of the property's, one in the home and one for temporary files. */
public final class NativeCache {

    /** The system property that names the folder. */
    public static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

    /** The space that the unpacked libraries take, with some to spare. */
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

    /** The folder that JavaCPP uses; it may not exist yet. */
    public static Optional<File> folder() {
        return candidates().stream().filter(NativeCache::isUsable).findFirst();
    }

    /** The free bytes of the folder's file system, whether the folder exists or not. */
    public static long free(File folder) {
        return there(folder).getUsableSpace();
    }

    /** As JavaCPP decides: it also accepts an executable file as a folder, and a missing folder if it can be created. */
    private static boolean isUsable(File folder) {
        File there = there(folder);
        return (there.equals(folder) || there.isDirectory())
                && there.canRead()
                && there.canWrite()
                && there.canExecute();
    }

    /** The folder, or its nearest existing parent. */
    private static File there(File folder) {
        File there = folder;
        while (!there.exists() && there.getParentFile() != null) {
            there = there.getParentFile();
        }
        return there;
    }
}
