package io.github.flux4j.backend;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Limits of memory, in bytes.
 *
 * @param heap most that Java's heap takes; arrays lie outside of it
 * @param container most that the container may take; null if there is no limit
 * @param physical what the machine has; null if unknown
 */
public record Memory(long heap, Long container, Long physical) {

    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB");

    static Memory read(Cgroup cgroup) {
        return new Memory(Runtime.getRuntime().maxMemory(), cgroup.memory(), physicalBytes());
    }

    /** From Linux itself, since Java gives a container's limit there. */
    private static Long physicalBytes() {
        try {
            if (Files.isReadable(MEMINFO)) {
                return TOTAL.matcher(Files.readString(MEMINFO))
                        .results()
                        .findFirst()
                        .map(Memory::bytes)
                        .orElse(null);
            }
        } catch (IOException e) {
            return null;
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : null;
    }

    private static Long bytes(MatchResult total) {
        return Long.parseLong(total.group(1)) * 1024;
    }
}
