package io.github.flux4j.cli.doctor;

import io.github.flux4j.backend.Backend.NativeLibraries;
import io.github.flux4j.backend.Environment;
import io.github.flux4j.backend.Environment.CacheFolder;
import io.github.flux4j.backend.Environment.ClassPath;
import io.github.flux4j.backend.Environment.ClassPath.NativeBuild;
import io.github.flux4j.backend.Environment.Cpu;
import io.github.flux4j.backend.Environment.EngineChoice;
import io.github.flux4j.backend.Environment.JavaRuntime;
import io.github.flux4j.backend.Environment.Memory;
import io.github.flux4j.backend.Environment.Setting;
import io.github.flux4j.internal.charts.Digits;
import io.github.flux4j.internal.threads.Load;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A diagnosis for people: short sections of aligned lines. */
final class DoctorText {

    private static final String LINE = "  %-13s %s";

    /** What sets a number of threads; of several the smallest holds for ND4J. */
    private static final List<String> ND4J_THREADS = List.of("OMP_NUM_THREADS", "SD_MASTER_THREADS", "SD_MAX_THREADS");

    private static final List<String> BLAS_THREADS = List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS");

    private final PrintWriter out;

    DoctorText(PrintWriter out) {
        this.out = out;
    }

    void write(Diagnosis diagnosis) {
        Environment environment = diagnosis.facts().environment();
        load(diagnosis.facts().load(), environment.cpu());
        machine(environment.cpu(), environment.memory(), environment.java());
        classPath(environment.classPath());
        if (diagnosis.facts().libraries() != null) {
            libraries(diagnosis.facts().libraries(), environment);
        }
        cache(environment.cache());
        engines(environment.engines());
        settings(environment.settings());
        diagnosis.checks().forEach(this::check);
        if (diagnosis.facts().speed() != null) {
            speed(diagnosis.facts().speed());
        }
        advice(diagnosis.advice());
        out.println();
        out.println(conclusion(diagnosis));
    }

    private void load(Load load, Cpu cpu) {
        heading("Load");
        line(
                "before",
                load.average() == null
                        ? "unknown"
                        : text(
                                "%.1f processes wanted one of %d cores, over a minute",
                                load.average(), cpu.hostCores() == null ? cpu.javaCores() : cpu.hostCores()));
        if (load.busy() != null) {
            line(
                    "meanwhile",
                    "%.0f %% of the cores' time was in use, this program included; other virtual machines took %.0f %%",
                    100 * load.busy(),
                    100 * load.stolen());
        }
    }

    private void machine(Cpu cpu, Memory memory, JavaRuntime java) {
        section("Machine");
        line("processor", (cpu.model() == null ? "" : cpu.model() + ", ") + cpu.architecture());
        if (cpu.instructions() != null) {
            line("instructions", String.join(" ", cpu.instructions()));
        }
        line(
                "cores",
                "Java sees %d%s%s",
                cpu.javaCores(),
                cpu.hostCores() == null ? "" : ", the machine has " + cpu.hostCores(),
                cpu.quota() == null ? "" : text(", the container may use %.2f", cpu.quota()));
        line(
                "memory",
                "Java's heap at most %s in this process%s%s",
                Binary.gib(memory.heap()),
                memory.container() == null ? "" : ", the container " + Binary.gib(memory.container()),
                memory.physical() == null ? "" : ", the machine has " + Binary.gib(memory.physical()));
        line("Java", "%s (%s), %s", java.version(), java.vm(), java.os());
    }

    private void classPath(ClassPath classPath) {
        section("Class path, of this process");
        line("weight", "%d jars, %s", classPath.jars(), Binary.mib(classPath.bytes()));
        line(
                "largest",
                classPath.largest().stream()
                        .map(jar -> jar.artifact() + " " + Binary.mib(jar.bytes()))
                        .collect(Collectors.joining(", ")));
        line(
                "versions",
                List.of("deeplearning4j-nn", "nd4j-api", "openblas", "javacpp", "slf4j-api").stream()
                        .flatMap(artifact -> classPath.libraries().stream()
                                .filter(jar -> jar.artifact().equals(artifact) && jar.classifier() == null)
                                .limit(1))
                        .map(jar -> jar.artifact() + " " + jar.version())
                        .collect(Collectors.joining(", ")));
        line(
                "nd4j-native",
                classPath.nativeBuilds().isEmpty()
                        ? "none for this platform"
                        : classPath.nativeBuilds().stream()
                                .map(NativeBuild::classifier)
                                .collect(Collectors.joining(", ")));
    }

    private void libraries(NativeLibraries libraries, Environment environment) {
        NativeLibraries.Nd4j nd4j = libraries.nd4j();
        NativeLibraries.Blas blas = libraries.blas();
        section("Native libraries, in a process like this one");
        line(
                "ND4J",
                "%s for %s, %s oneDNN, %s",
                nd4j.backend(),
                nd4j.instructions(),
                nd4j.oneDnn() ? "with" : "without",
                threadsBy(nd4j.threads(), environment, ND4J_THREADS));
        line("", nd4j.jar() == null ? nd4j.file() : nd4j.jar());
        line(
                "BLAS",
                "%s, %s",
                blas.version() == null
                        ? blas.vendor()
                        : "OpenBLAS " + blas.version() + " with code for " + blas.kernel(),
                threadsBy(blas.threads(), environment, BLAS_THREADS));
        if (blas.file() != null) {
            line("", blas.file());
        }
        line("oneDNN", libraries.oneDnn());
        line(
                "JavaCPP",
                "%s, native memory %s, process %s",
                libraries.javacpp().version(),
                limit(libraries.javacpp().maxBytes()),
                limit(libraries.javacpp().maxPhysicalBytes()));
        line("data type", "%s by default", libraries.dataType());
    }

    private void cache(CacheFolder cache) {
        line(
                "unpacked in",
                cache.folder() == null
                        ? "no usable folder"
                        : cache.folder() + ", " + Binary.mib(cache.bytes())
                                + (Boolean.TRUE.equals(cache.noexec()) ? ", mounted noexec" : ""));
    }

    private void engines(EngineChoice engines) {
        section("Engines, in this process");
        line("there are", String.join(", ", engines.names()));
        line("models run on", "%s, %s", engines.chosen(), engines.reason());
    }

    private void settings(List<Setting> settings) {
        section("Settings, of this process");
        List<Setting> set =
                settings.stream().filter(setting -> setting.value() != null).toList();
        set.forEach(setting -> out.println("  " + (setting.source() == Setting.Source.SYSTEM_PROPERTY ? "-D" : "")
                + setting.name() + "=" + setting.value()));
        if (set.isEmpty()) {
            out.println("  none that matter");
        }
        section("Checks, in a process like this one");
    }

    private void check(Check check) {
        line(check.ok() ? "ok" : "FAILED", "%s: %s", check.name(), indented(check.got()));
        if (!check.ok() && check.expected() != null) {
            line("", "expected %s", check.expected());
        }
    }

    private static String indented(String text) {
        return text.replace("\n", "\n" + text(LINE, "", "  "));
    }

    private void speed(Speed speed) {
        section("Speed, in a process like this one, here and now");
        line(
                "product",
                "%.0f GFLOP/s with %s%s (512x512, Float32)",
                speed.gflops(),
                threads(speed.blasThreads()),
                speed.gflopsOneThread() == null ? "" : text(", %.0f with 1", speed.gflopsOneThread()));
        line("ND4J step", "%.1f ms (784-512-256, batch 128, in plain ND4J)", speed.stepMillis());
        if (!speed.again().holdsOne()) {
            line("", "the same timed again seems to differ: the machine is too busy to compare");
        }
        speed.alternatives().forEach(this::alternative);
    }

    private void alternative(Speed.Alternative one) {
        line(
                "",
                "%.1f ms with %s: %s to %s times as long, %s",
                one.stepMillis(),
                one.set(),
                Digits.of(one.ratio().low()),
                Digits.of(one.ratio().high()),
                one.ratio().verdict().words());
    }

    private void advice(List<Advice> advice) {
        if (!advice.isEmpty()) {
            section("Advice");
        }
        for (Advice one : advice) {
            out.println("- " + one.why());
            line("  set", one.set());
            line("  expect", one.expect());
        }
    }

    private static String conclusion(Diagnosis diagnosis) {
        long failed = diagnosis.checks().stream().filter(check -> !check.ok()).count();
        return failed == 0
                ? "Healthy: all checks are ok."
                : failed + " of " + diagnosis.checks().size() + " checks failed.";
    }

    private void section(String title) {
        out.println();
        heading(title);
    }

    private void heading(String title) {
        out.println(title);
    }

    private void line(String name, String text) {
        out.println(text(LINE, name, text));
    }

    private void line(String name, String format, Object... values) {
        line(name, text(format, values));
    }

    private static String threadsBy(int count, Environment environment, List<String> names) {
        String by = names.stream()
                .filter(name -> String.valueOf(count).equals(environment.setting(name)))
                .findFirst()
                .orElse("default");
        return threads(count) + " by " + by;
    }

    private static String threads(int count) {
        return count + (count == 1 ? " thread" : " threads");
    }

    private static String limit(long bytes) {
        return bytes == 0 ? "without limit" : "up to " + Binary.gib(bytes);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
