package io.github.flux4j.bench.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process's memory, bytes, as Linux tells it; 0 elsewhere. */
final class Resident {

    private Resident() {}

    static long now() throws IOException {
        return read("VmRSS:");
    }

    /** The most it ever was. */
    static long most() throws IOException {
        return read("VmHWM:");
    }

    private static long read(String key) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
