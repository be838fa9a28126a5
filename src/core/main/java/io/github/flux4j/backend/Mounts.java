package io.github.flux4j.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Linux's list of mounted file systems. */
final class Mounts {

    private static final Path LIST = Path.of("/proc/self/mounts");

    private Mounts() {}

    /** Whether the folder lies on a file system that refuses to run what it holds; null if unknown. */
    static Boolean noexec(Path folder) {
        try {
            return Files.isReadable(LIST) ? noexec(folder, Files.readAllLines(LIST)) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** By lines of device, folder, type and options; of several on the same folder the last counts. */
    static Boolean noexec(Path folder, List<String> mounts) {
        return mounts.stream()
                .map(line -> line.split(" "))
                .filter(mount -> mount.length > 3 && folder.startsWith(path(mount)))
                .reduce((a, b) -> path(b).getNameCount() >= path(a).getNameCount() ? b : a)
                .map(mount -> Arrays.asList(mount[3].split(",")).contains("noexec"))
                .orElse(null);
    }

    /** A blank is written as an octal number. */
    private static Path path(String[] mount) {
        return Path.of(mount[1].replace("\\040", " "));
    }
}
