package io.github.flux4j.backend;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A build of ND4J's native library on the class path.
 *
 * @param classifier such as linux-x86_64-avx2
 * @param needs instructions without which it stops the process
 */
public record NativeBuild(String classifier, List<String> needs) {

    private static final String FOLDER = "org/nd4j/linalg/cpu/nativecpu/bindings/";

    /** In the order in which JavaCPP takes the first that it finds: ND4J's list, from its end. */
    private static final List<String> EXTENSIONS = List.of(
            "-compat",
            "-avx512",
            "-avx2",
            "-vednn-avx2",
            "-vednn-avx512",
            "-vednn",
            "-onednn-avx2",
            "-onednn-avx512",
            "-onednn",
            "");

    /** Those on this class path for this platform, the one that JavaCPP takes first. */
    static List<NativeBuild> onClassPath() {
        String asked = System.getProperty("org.bytedeco.javacpp.platform.extension");
        Stream<String> first = asked == null || asked.isEmpty() ? Stream.of() : Stream.of(asked);
        return Stream.concat(first, EXTENSIONS.stream())
                .distinct()
                .map(extension -> platform() + extension)
                .filter(NativeBuild::isThere)
                .map(classifier -> new NativeBuild(classifier, needs(classifier)))
                .toList();
    }

    private static boolean isThere(String classifier) {
        String library = System.mapLibraryName("jnind4jcpu");
        return NativeBuild.class.getClassLoader().getResource(FOLDER + classifier + "/" + library) != null;
    }

    /** As far as they show in the classifier. */
    static List<String> needs(String classifier) {
        if (classifier.endsWith("avx512")) {
            return List.of("avx2", "fma", "avx512f", "avx512bw", "avx512vl", "avx512dq");
        }
        return classifier.endsWith("avx2") ? List.of("avx2", "fma") : List.of();
    }

    /** This platform's name in JavaCPP. */
    static String platform() {
        return system(System.getProperty("os.name").toLowerCase(Locale.ROOT)) + "-"
                + architecture(System.getProperty("os.arch").toLowerCase(Locale.ROOT));
    }

    private static String system(String name) {
        if (name.startsWith("mac")) {
            return "macosx";
        }
        return name.startsWith("windows") ? "windows" : name;
    }

    private static String architecture(String name) {
        return switch (name) {
            case "amd64", "x86-64", "x64" -> "x86_64";
            case "aarch64", "armv8" -> "arm64";
            case "i386", "i486", "i586", "i686" -> "x86";
            default -> name.startsWith("arm") && !name.equals("arm64") ? "armhf" : name;
        };
    }
}
