package io.github.flux4j.backend;

import com.sun.management.OperatingSystemMXBean;
import io.github.flux4j.engine.Engines;
import io.github.flux4j.internal.arrays.NativeCache;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader.Detector;
import org.jspecify.annotations.Nullable;

/**
 * The environment that flux4j runs in, as far as it is known without loading a native library.
 *
 * @param platform as JavaCPP names it, such as linux-x86_64
 * @param settings every setting that could change how ND4J runs, set or not
 */
public record Environment(
        String platform,
        Cpu cpu,
        Memory memory,
        JavaRuntime java,
        ClassPath classPath,
        CacheFolder cache,
        List<Setting> settings,
        EngineChoice engines) {

    /**
     * The engine that a model gets, and why.
     *
     * @param names all engines, in order of preference
     */
    public record EngineChoice(List<String> names, @Nullable String chosen, String reason) {

        static EngineChoice read() {
            List<String> names = Engines.names();
            Engines.Forced forced = Engines.forced();
            String first = names.isEmpty() ? null : names.get(0);
            return new EngineChoice(names, forced == null ? first : forced.name(), Engines.reason());
        }
    }

    static Environment read() {
        Cgroup cgroup = Cgroup.ofThisProcess();
        return new Environment(
                Detector.getPlatform(),
                Cpu.read(cgroup),
                Memory.read(cgroup),
                JavaRuntime.read(),
                ClassPath.read(),
                CacheFolder.read(),
                Setting.all(),
                EngineChoice.read());
    }

    /** Returns a setting's value, or null if it isn't set. */
    public @Nullable String setting(String name) {
        return settings.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .map(Setting::value)
                .orElse(null);
    }

    /**
     * Memory limits, in bytes.
     *
     * @param heap the most that Java's heap takes; arrays lie outside of it
     * @param container the most that the container may take; null if there is no limit
     * @param physical the machine's memory; null if unknown
     */
    public record Memory(
            long heap, @Nullable Long container, @Nullable Long physical) {

        private static final Path MEMINFO = Path.of("/proc/meminfo");
        private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB");

        static Memory read(Cgroup cgroup) {
            return new Memory(Runtime.getRuntime().maxMemory(), cgroup.memory(), physicalBytes());
        }

        /** Reads Linux's own file, since Java reports a container's limit here. */
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

    /**
     * The running Java.
     *
     * @param flags the JVM's arguments; system properties only if they belong to the libraries, since others may be secret
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

    /**
     * A setting that could change how ND4J runs.
     *
     * @param name the environment variable or system property
     * @param value null if it isn't set
     * @param source what sets it
     */
    public record Setting(String name, @Nullable String value, Source source) {

        /** The origin of a setting's value. */
        public enum Source {
            ENVIRONMENT_VARIABLE,
            SYSTEM_PROPERTY,
            /** Not set. */
            DEFAULT
        }

        private static final List<String> VARIABLES = List.of(
                "OMP_NUM_THREADS",
                "OPENBLAS_NUM_THREADS",
                "MKL_NUM_THREADS",
                "SD_MAX_THREADS",
                "SD_MASTER_THREADS",
                "ND4J_SKIP_BLAS_THREADS",
                "OPENBLAS_CORETYPE",
                "SD_MAX_PRIMARY_BYTES");

        private static final List<String> PROPERTIES = List.of(
                "flux4j.engine",
                "flux4j.onednn",
                "org.bytedeco.openblas.load",
                "org.bytedeco.javacpp.platform.extension",
                "org.bytedeco.javacpp.maxPhysicalBytes",
                "org.bytedeco.javacpp.maxBytes",
                "org.bytedeco.javacpp.cachedir",
                "org.bytedeco.javacpp.pathsFirst",
                "org.bytedeco.javacpp.nopointergc",
                "org.nd4j.noarraygc");

        static List<Setting> all() {
            return Stream.concat(
                            VARIABLES.stream().map(name -> of(name, System.getenv(name), Source.ENVIRONMENT_VARIABLE)),
                            PROPERTIES.stream().map(name -> of(name, System.getProperty(name), Source.SYSTEM_PROPERTY)))
                    .toList();
        }

        private static Setting of(String name, String value, Source source) {
            return new Setting(name, value, value == null ? Source.DEFAULT : source);
        }
    }

    /**
     * The processor; values that the operating system doesn't report are null.
     *
     * @param architecture as Java names it, such as amd64
     * @param instructions those that the native libraries have code for
     * @param javaCores the number of cores that Java may use
     * @param hostCores the number of cores of the machine
     * @param quota the container's limit in cores' time; null if there is none
     */
    public record Cpu(
            @Nullable String model,
            String architecture,
            @Nullable List<String> instructions,
            int javaCores,
            @Nullable Integer hostCores,
            @Nullable Double quota) {

        private static final Path CPUINFO = Path.of("/proc/cpuinfo");

        /** In Linux's names. */
        private static final List<String> RELEVANT = List.of(
                "sse4_2",
                "avx",
                "avx2",
                "fma",
                "avx512f",
                "avx512bw",
                "avx512vl",
                "avx512dq",
                "avx512_vnni",
                "avx512_bf16",
                "amx_tile",
                "amx_bf16",
                "asimd",
                "asimdhp",
                "sve",
                "sve2",
                "bf16");

        private static final class Avx512 {

            static final boolean IS_THERE = isThere();

            private Avx512() {}

            /** Reads the first core's entry only: the system takes longer for those of a hundred. */
            private static boolean isThere() {
                try (BufferedReader lines = Files.newBufferedReader(CPUINFO)) {
                    String line = lines.readLine();
                    while (line != null && !line.startsWith("flags")) {
                        line = lines.readLine();
                    }
                    return line != null && line.contains(" avx512vl");
                } catch (IOException e) {
                    return false;
                }
            }
        }

        /** Whether it has the 512-bit instructions that OpenBLAS has code for; false where only the operating system could tell, as on Windows. */
        public static boolean hasAvx512() {
            return Avx512.IS_THERE;
        }

        static Cpu read(Cgroup cgroup) {
            List<String> lines = lines(CPUINFO);
            long processors =
                    lines.stream().filter(line -> line.startsWith("processor")).count();
            String flags = value(lines, "flags");
            return new Cpu(
                    value(lines, "model name"),
                    System.getProperty("os.arch"),
                    relevant(flags == null ? value(lines, "Features") : flags),
                    Runtime.getRuntime().availableProcessors(),
                    processors == 0 ? null : (int) processors,
                    cgroup.cores());
        }

        private static List<String> relevant(String flags) {
            if (flags == null) {
                return null;
            }
            Set<String> present = new HashSet<>(Arrays.asList(flags.split(" ")));
            return RELEVANT.stream().filter(present::contains).toList();
        }

        private static String value(List<String> lines, String key) {
            return lines.stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(null);
        }

        private static List<String> lines(Path file) {
            try {
                return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
            } catch (IOException e) {
                return List.of(); // then these facts are absent
            }
        }
    }

    /**
     * The folder where JavaCPP unpacks native libraries: the first usable one of the property's, one in the home and one for temporary files.
     *
     * @param folder the chosen folder; null if none is usable
     * @param bytes the size of its contents; 0 if it doesn't exist yet
     * @param free how many bytes may be added
     * @param noexec whether its file system refuses to load libraries; null if unknown
     * @param refused folders that it would have preferred, but can't write to
     */
    public record CacheFolder(
            @Nullable String folder,
            long bytes,
            long free,
            @Nullable Boolean noexec,
            List<String> refused) {

        /** Linux's list of mounted file systems. */
        private static final Path MOUNTS = Path.of("/proc/self/mounts");

        static CacheFolder read() {
            File folder = NativeCache.folder().orElse(null);
            List<String> refused = NativeCache.candidates().stream()
                    .takeWhile(candidate -> !candidate.equals(folder))
                    .map(File::toString)
                    .toList();
            return folder == null
                    ? new CacheFolder(null, 0, 0, null, refused)
                    : new CacheFolder(
                            folder.toString(),
                            size(folder.toPath()),
                            NativeCache.free(folder),
                            noexec(folder.toPath()),
                            refused);
        }

        private static long size(Path folder) {
            if (!Files.exists(folder)) {
                return 0;
            }
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                        .mapToLong(CacheFolder::bytes)
                        .sum();
            } catch (IOException | UncheckedIOException e) {
                return 0; // another process is at work there
            }
        }

        private static long bytes(Path file) {
            try {
                return Files.size(file);
            } catch (IOException e) {
                return 0;
            }
        }

        /** Whether the folder is on a file system mounted with noexec; null if unknown. */
        private static Boolean noexec(Path folder) {
            try {
                return Files.isReadable(MOUNTS) ? noexec(folder, Files.readAllLines(MOUNTS)) : null;
            } catch (IOException e) {
                return null;
            }
        }

        /** From lines of device, folder, type and options; the last of several on the same folder counts. */
        static Boolean noexec(Path folder, List<String> mounts) {
            return mounts.stream()
                    .map(line -> line.split(" "))
                    .filter(mount -> mount.length > 3 && folder.startsWith(path(mount)))
                    .reduce((a, b) -> path(b).getNameCount() >= path(a).getNameCount() ? b : a)
                    .map(mount -> Arrays.asList(mount[3].split(",")).contains("noexec"))
                    .orElse(null);
        }

        /** Decodes a blank, which is written as an octal number. */
        private static Path path(String[] mount) {
            return Path.of(mount[1].replace("\\040", " "));
        }
    }

    /**
     * The class path: its size and the relevant jars.
     *
     * @param bytes the size of all jars
     * @param largest the five largest
     * @param libraries every jar of ND4J, DL4J, JavaCPP, OpenBLAS, oneDNN and SLF4J
     * @param mixed versions that don't belong together, one sentence each
     * @param nativeBuilds all builds of ND4J's native library for this platform, the one that JavaCPP takes first
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
         * A jar, by the parts of its Maven name.
         *
         * @param artifact such as nd4j-native; the whole name if it has no version
         * @param version null if its name has none
         * @param classifier such as linux-x86_64-avx2; null if its name has none
         */
        public record Jar(
                String file,
                long bytes,
                String artifact,
                @Nullable String version,
                @Nullable String classifier) {

            private static final Pattern NAME =
                    Pattern.compile("(.+?)-(\\d.*?)(?:-((?:linux|macosx|windows|android|ios)-.*))?\\.jar");

            private static final Pattern STACK =
                    Pattern.compile("(nd4j|deeplearning4j|slf4j|logback|log4j-slf4j).*|javacpp|openblas|dnnl");

            /** Null if the file is no jar, or doesn't exist. */
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
         * @param needs instructions without which it crashes the process
         */
        public record NativeBuild(String classifier, List<String> needs) {

            private static final String FOLDER = "org/nd4j/linalg/cpu/nativecpu/bindings/";

            /** In the order in which JavaCPP tries them: ND4J's list from its end. */
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

            /** The builds on this class path for this platform, the one that JavaCPP takes first. */
            static List<NativeBuild> onClassPath() {
                String asked = System.getProperty("org.bytedeco.javacpp.platform.extension");
                Stream<String> first = asked == null || asked.isEmpty() ? Stream.of() : Stream.of(asked);
                return Stream.concat(first, EXTENSIONS.stream())
                        .distinct()
                        .map(extension -> Detector.getPlatform() + extension)
                        .filter(NativeBuild::isThere)
                        .map(classifier -> new NativeBuild(classifier, needs(classifier)))
                        .toList();
            }

            private static boolean isThere(String classifier) {
                String library = System.mapLibraryName("jnind4jcpu");
                return NativeBuild.class.getClassLoader().getResource(FOLDER + classifier + "/" + library) != null;
            }

            /** The instructions that the classifier names. */
            static List<String> needs(String classifier) {
                if (classifier.endsWith("avx512")) {
                    return List.of("avx2", "fma", "avx512f", "avx512bw", "avx512vl", "avx512dq");
                }
                return classifier.endsWith("avx2") ? List.of("avx2", "fma") : List.of();
            }
        }
    }
}
