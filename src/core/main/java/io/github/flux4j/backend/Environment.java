package io.github.flux4j.backend;

import com.sun.management.OperatingSystemMXBean;
import io.github.flux4j.engine.Engines;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where flux4j runs, as far as that is known without loading a native library.
 *
 * @param platform as JavaCPP names it, such as linux-x86_64
 * @param settings everything that could change how ND4J runs, set or not
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
     * Which engine a model gets.
     *
     * @param names all there are, in order of preference
     */
    public record EngineChoice(List<String> names, String chosen, String reason) {

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
                ClassPath.NativeBuild.platform(),
                Cpu.read(cgroup),
                Memory.read(cgroup),
                JavaRuntime.read(),
                ClassPath.read(),
                CacheFolder.read(),
                Setting.all(),
                EngineChoice.read());
    }

    /** What a setting is set to; null if it isn't set. */
    public String setting(String name) {
        return settings.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .map(Setting::value)
                .orElse(null);
    }

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

    /**
     * A setting that could change how ND4J runs.
     *
     * @param name of the environment variable or system property
     * @param value null if it isn't set
     * @param source what sets it
     */
    public record Setting(String name, String value, Source source) {

        /** Where a setting's value comes from. */
        public enum Source {
            ENVIRONMENT_VARIABLE,
            SYSTEM_PROPERTY,
            /** Nobody set it. */
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
}
