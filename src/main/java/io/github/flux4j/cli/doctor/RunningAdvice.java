package io.github.flux4j.cli.doctor;

import io.github.flux4j.backend.Cpu;
import io.github.flux4j.backend.Memory;
import io.github.flux4j.cli.doctor.Diagnosis.Facts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about what makes it slow or take too much memory. Each is null where no fact calls for it. */
final class RunningAdvice {

    private static final double CLEARLY = 1.5;
    private static final double A_BIT = 1.1;
    private static final int GIGABYTE = 1 << 30;

    private RunningAdvice() {}

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
        List<String> names = facts.environment().engines().names();
        if (engine == null || engine.equals(names.get(0))) {
            return null;
        }
        return names.contains(engine)
                ? new Advice(
                        "-Dflux4j.engine=" + engine + " makes every model run on that engine",
                        "leave it out",
                        "models on " + names.get(0) + ", where small steps take a hundredth of the time")
                : new Advice(
                        "-Dflux4j.engine=" + engine + " names no engine",
                        "leave it out, or name one of " + String.join(", ", names),
                        "models that run; as it is, each ends with an error");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
