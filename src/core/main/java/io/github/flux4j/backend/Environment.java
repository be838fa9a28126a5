package io.github.flux4j.backend;

import io.github.flux4j.engine.Engines;
import java.util.List;

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
                NativeBuild.platform(),
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
}
