package io.github.flux4j.cli;

import io.github.flux4j.backend.ClassPath;
import io.github.flux4j.backend.Cpu;
import io.github.flux4j.backend.Memory;
import io.github.flux4j.backend.NativeBuild;
import io.github.flux4j.cli.Diagnosis.Facts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is worth changing. Every rule needs a fact that calls for it, and is silent otherwise. */
final class AdviceRules {

    private static final double CLEARLY = 1.5;
    private static final double A_BIT = 1.1;
    private static final int GIGABYTE = 1 << 30;

    private static final List<Function<Facts, Advice>> RULES = List.of(
            AdviceRules::missingJars,
            AdviceRules::missingInstructions,
            AdviceRules::noCacheFolder,
            AdviceRules::noexecCache,
            AdviceRules::refusedCache,
            AdviceRules::severalBuilds,
            AdviceRules::mixedVersions,
            AdviceRules::threadsThatFight,
            AdviceRules::threadsThatSlow,
            AdviceRules::moreThreadsThanCores,
            AdviceRules::overriddenBlasThreads,
            AdviceRules::forcedKernel,
            AdviceRules::memoryNeverFreed,
            AdviceRules::sizeAskedForAtEachAllocation,
            AdviceRules::heapWithoutRoomBesideIt,
            AdviceRules::forcedEngine);

    private AdviceRules() {}

    static List<Advice> all(Facts facts) {
        return RULES.stream()
                .flatMap(rule -> Stream.ofNullable(rule.apply(facts)))
                .toList();
    }

    static Advice missingJars(Facts facts) {
        if (facts.libraries() != null) {
            return null;
        }
        ClassPath classPath = facts.environment().classPath();
        String platform = facts.environment().platform();
        String missing = Stream.of("org.nd4j:nd4j-native", "org.bytedeco:openblas", "org.bytedeco:javacpp")
                .flatMap(library -> Missing.of(library, platform, classPath).stream())
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? null
                : new Advice(
                        "jars are missing from the class path, or their part for " + platform + " is",
                        "add the dependencies " + missing,
                        "ND4J finds its backend and loads");
    }

    static Advice missingInstructions(Facts facts) {
        Cpu cpu = facts.environment().cpu();
        List<NativeBuild> builds = facts.environment().classPath().nativeBuilds();
        if (builds.isEmpty() || cpu.instructions() == null) {
            return null;
        }
        NativeBuild taken = builds.get(0);
        String lacking = taken.needs().stream()
                .filter(instruction -> !cpu.instructions().contains(instruction))
                .collect(Collectors.joining(" "));
        String platform = facts.environment().platform();
        return lacking.isEmpty()
                ? null
                : new Advice(
                        "nd4j-native " + taken.classifier() + " needs instructions that this processor lacks: "
                                + lacking,
                        "take nd4j-native with the classifier " + platform + " in place of " + taken.classifier(),
                        "ND4J starts; as it is, it ends the process");
    }

    static Advice noCacheFolder(Facts facts) {
        return facts.environment().cache().folder() != null
                ? null
                : new Advice(
                        "JavaCPP can't write to any folder it could unpack native libraries to: "
                                + String.join(", ", facts.environment().cache().refused()),
                        "-Dorg.bytedeco.javacpp.cachedir=FOLDER, one that you may write to, with 500 MB of room",
                        "ND4J loads, after some seconds of unpacking once");
    }

    static Advice noexecCache(Facts facts) {
        return !Boolean.TRUE.equals(facts.environment().cache().noexec())
                ? null
                : new Advice(
                        facts.environment().cache().folder()
                                + " is on a file system mounted noexec, so libraries there can't be loaded",
                        "-Dorg.bytedeco.javacpp.cachedir=FOLDER on another file system, or mount this one with exec",
                        "ND4J loads");
    }

    static Advice refusedCache(Facts facts) {
        String folder = facts.environment().cache().folder();
        List<String> refused = facts.environment().cache().refused();
        return folder == null || refused.isEmpty()
                ? null
                : new Advice(
                        "JavaCPP can't write to " + String.join(", ", refused) + " and takes " + folder,
                        "-Dorg.bytedeco.javacpp.cachedir=FOLDER, one that you may write to",
                        "the libraries, 430 MB, are unpacked once and where you mean them to be");
    }

    static Advice severalBuilds(Facts facts) {
        List<NativeBuild> builds = facts.environment().classPath().nativeBuilds();
        if (builds.size() < 2) {
            return null;
        }
        String all = builds.stream().map(NativeBuild::classifier).collect(Collectors.joining(", "));
        return new Advice(
                "there are several builds of nd4j-native, " + all + "; JavaCPP takes "
                        + builds.get(0).classifier(),
                "keep one of them on the class path",
                "no surprise about which is taken, and 90 MB less for each of the others");
    }

    static Advice mixedVersions(Facts facts) {
        List<String> mixed = facts.environment().classPath().mixed();
        return mixed.isEmpty()
                ? null
                : new Advice(
                        "versions that don't belong together: " + String.join("; ", mixed),
                        "one version of each, as flux4j's pom has them (mvn dependency:tree shows who brings which)",
                        "no errors at linking, no crash, and log lines where they should be");
    }

    static Advice threadsThatFight(Facts facts) {
        Speed speed = facts.speed();
        if (speed == null || speed.stepMillisOneThread() == null) {
            return null;
        }
        double gain = speed.stepMillis() / speed.stepMillisOneThread();
        return gain < CLEARLY
                ? null
                : new Advice(
                        text(
                                "BLAS's threads and ND4J's wait for each other: a step of plain ND4J takes %.0f ms, %.0f ms with 1 thread",
                                speed.stepMillis(), speed.stepMillisOneThread()),
                        "OMP_NUM_THREADS=1 for programs on plain ND4J or DL4J, or Backend.threads(1) around that part",
                        text("%.1f times the speed there; flux4j's own models don't have this trap", gain));
    }

    static Advice threadsThatSlow(Facts facts) {
        Speed speed = facts.speed();
        if (speed == null || speed.gflopsOneThread() == null) {
            return null;
        }
        double gain = speed.gflopsOneThread() / speed.gflops();
        return gain < A_BIT
                ? null
                : new Advice(
                        text(
                                "products are slower with %d threads, %.0f GFLOP/s, than with one, %.0f; other programs may keep the cores busy",
                                speed.blasThreads(), speed.gflops(), speed.gflopsOneThread()),
                        "OMP_NUM_THREADS=1",
                        text("products at %.1f times the speed while that lasts", gain));
    }

    static Advice moreThreadsThanCores(Facts facts) {
        if (facts.libraries() == null) {
            return null;
        }
        Cpu cpu = facts.environment().cpu();
        int threads = facts.libraries().blas().threads();
        int cores = cpu.quota() == null ? cpu.javaCores() : Math.min(cpu.javaCores(), (int) Math.ceil(cpu.quota()));
        return threads <= cores
                ? null
                : new Advice(
                        "BLAS uses " + threads + " threads, but this process has " + cores
                                + (cores == 1 ? " core" : " cores"),
                        "OMP_NUM_THREADS=" + cores,
                        "no time lost with threads that wait for a core");
    }

    static Advice overriddenBlasThreads(Facts facts) {
        String asked = facts.environment().setting("OPENBLAS_NUM_THREADS");
        return facts.libraries() == null
                        || asked == null
                        || asked.equals("" + facts.libraries().blas().threads())
                ? null
                : new Advice(
                        "OPENBLAS_NUM_THREADS=" + asked + " has no effect: ND4J sets "
                                + facts.libraries().blas().threads(),
                        "OMP_NUM_THREADS=" + asked + ", or ND4J_SKIP_BLAS_THREADS=1 to keep ND4J from setting it",
                        "BLAS with " + asked + (asked.equals("1") ? " thread" : " threads"));
    }

    static Advice forcedKernel(Facts facts) {
        String type = facts.environment().setting("OPENBLAS_CORETYPE");
        return type == null
                ? null
                : new Advice(
                        "OPENBLAS_CORETYPE=" + type + " chooses the code of OpenBLAS",
                        "leave it out, unless it is there to avoid a fault",
                        "the code for this processor, which may be several times as fast");
    }

    static Advice memoryNeverFreed(Facts facts) {
        return Stream.of("org.bytedeco.javacpp.nopointergc", "org.nd4j.noarraygc")
                .filter(name -> "true".equals(facts.environment().setting(name)))
                .findFirst()
                .map(name -> new Advice(
                        "-D" + name + "=true keeps native memory that nobody uses from being freed",
                        "leave it out",
                        "memory that doesn't grow without end"))
                .orElse(null);
    }

    static Advice sizeAskedForAtEachAllocation(Facts facts) {
        return facts.libraries() == null || facts.libraries().javacpp().maxPhysicalBytes() == 0
                ? null
                : new Advice(
                        "JavaCPP asks the operating system for the process's size at each native allocation",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "small steps of DL4J in about two thirds of the time; a leak is then not stopped by JavaCPP");
    }

    static Advice heapWithoutRoomBesideIt(Facts facts) {
        Memory memory = facts.environment().memory();
        Long limit = Stream.of(Optional.ofNullable(memory.container()), Optional.ofNullable(memory.physical()))
                .flatMap(Optional::stream)
                .min(Long::compare)
                .orElse(null);
        return limit == null || memory.heap() <= limit * 3 / 4
                ? null
                : new Advice(
                        text(
                                "Java's heap may take %.1f of %.1f GB, and arrays lie outside of it",
                                (double) memory.heap() / GIGABYTE, (double) limit / GIGABYTE),
                        text("-Xmx%dm", limit / 2 >> 20),
                        "room for arrays; the system doesn't end the process when both fill up");
    }

    static Advice forcedEngine(Facts facts) {
        String engine = facts.environment().setting("flux4j.engine");
        String best = facts.environment().engines().names().get(0);
        return engine == null || engine.equals(best)
                ? null
                : new Advice(
                        "-Dflux4j.engine=" + engine + " makes every model run on that engine",
                        "leave it out",
                        "models on " + best + ", where small steps take a hundredth of the time");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
