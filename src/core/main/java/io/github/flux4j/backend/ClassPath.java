package io.github.flux4j.backend;

import java.io.File;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /**
     * A jar, named as Maven names it.
     *
     * @param artifact such as nd4j-native; the whole name if it has no version
     * @param version null if its name has none
     * @param classifier such as linux-x86_64-avx2; null if its name has none
     */
    public record Jar(String file, long bytes, String artifact, String version, String classifier) {

        private static final Pattern NAME =
                Pattern.compile("(.+?)-(\\d.*?)(?:-((?:linux|macosx|windows|android|ios)-.*))?\\.jar");

        private static final Pattern STACK =
                Pattern.compile("(nd4j|deeplearning4j|slf4j|logback|log4j-slf4j).*|javacpp|openblas");

        /** Null if the file is no jar, or isn't there. */
        static Jar of(File file) {
            return file.isFile() && file.getName().endsWith(".jar") ? named(file.getName(), file.length()) : null;
        }

        static Jar named(String name, long bytes) {
            Matcher parts = NAME.matcher(name);
            return parts.matches()
                    ? new Jar(name, bytes, parts.group(1), parts.group(2), parts.group(3))
                    : new Jar(name, bytes, name, null, null);
        }

        boolean isOfTheStack() {
            return STACK.matcher(artifact).matches();
        }
    }

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
}
