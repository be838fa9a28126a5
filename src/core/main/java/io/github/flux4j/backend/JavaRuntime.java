package io.github.flux4j.backend;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The Java that runs this.
 *
 * @param flags what the JVM was started with; of system properties only those of the libraries, since others may be secret
 */
public record JavaRuntime(String version, String vendor, String vm, String os, List<String> flags) {

    private static final Pattern OURS = Pattern.compile("-D(flux4j|org\\.(bytedeco|nd4j|deeplearning4j))\\.");

    static JavaRuntime read() {
        return new JavaRuntime(
                System.getProperty("java.runtime.version"),
                System.getProperty("java.vendor"),
                System.getProperty("java.vm.name"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag ->
                                !flag.startsWith("-D") || OURS.matcher(flag).lookingAt())
                        .toList());
    }
}
