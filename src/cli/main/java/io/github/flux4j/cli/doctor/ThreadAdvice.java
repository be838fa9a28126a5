package io.github.flux4j.cli.doctor;

import io.github.flux4j.backend.Environment.Cpu;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.cli.PairedRatio.Verdict;
import io.github.flux4j.cli.doctor.Diagnosis.Facts;
import io.github.flux4j.cli.doctor.Speed.Alternative;
import io.github.flux4j.internal.charts.Digits;
import io.github.flux4j.internal.threads.Load;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Rules about numbers of threads, of which one at most speaks of what to set. Each is null where no fact calls for it. */
final class ThreadAdvice {

    /** Of the cores; with less left to it, a process measures the others' work. */
    private static final double TOO_BUSY = 0.5;

    private ThreadAdvice() {}

    /** Measurements on a busy machine blame threads for what others do. */
    static Advice busyMachine(Facts facts) {
        return facts.speed() == null || !isBusy(facts)
                ? null
                : new Advice(
                        String.format(
                                Locale.ROOT,
                                "the machine is busy: %.1f processes wanted one of %d cores during the last minute",
                                facts.load().average(),
                                hostCores(facts)),
                        "nothing yet; stop other programs or wait, then run this again",
                        "reliable times, and advice on threads if needed");
    }

    private static boolean isBusy(Facts facts) {
        Load load = facts.load();
        return load != null && load.average() != null && load.average() > TOO_BUSY * hostCores(facts);
    }

    private static int hostCores(Facts facts) {
        Cpu cpu = facts.environment().cpu();
        return cpu.hostCores() == null ? cpu.javaCores() : cpu.hostCores();
    }

    /** The best of what was measured, if the interval says that it is better. */
    static Advice measuredThreads(Facts facts) {
        return recommended(facts).map(best -> advice(best, facts.speed())).orElse(null);
    }

    private static Optional<Alternative> recommended(Facts facts) {
        Speed speed = facts.speed();
        return speed == null || isBusy(facts) || !speed.again().holdsOne()
                ? Optional.empty()
                : speed.alternatives().stream()
                        .filter(one -> one.ratio().verdict() == Verdict.FASTER)
                        .min(Comparator.comparingDouble(one -> one.ratio().value()));
    }

    private static Advice advice(Alternative best, Speed speed) {
        PairedRatio ratio = best.ratio();
        return new Advice(
                String.format(
                        Locale.ROOT,
                        "BLAS's threads and ND4J's wait for each other: a step of plain ND4J takes %.1f ms now, %.1f ms otherwise",
                        speed.stepMillis(),
                        best.stepMillis()),
                best.set() + " for programs on plain ND4J or DL4J",
                String.format(
                        Locale.ROOT,
                        "such steps in %s to %s times the time (95 %% interval, %d rounds); flux4j's own models avoid this",
                        Digits.of(ratio.low()),
                        Digits.of(ratio.high()),
                        ratio.rounds()));
    }

    /** Unless something better was measured. */
    static Advice moreThreadsThanCores(Facts facts) {
        if (facts.libraries() == null || recommended(facts).isPresent()) {
            return null;
        }
        Cpu cpu = facts.environment().cpu();
        int blas = facts.libraries().blas().threads();
        int threads = Math.max(blas, facts.libraries().nd4j().threads());
        int cores = cpu.quota() == null ? cpu.javaCores() : Math.min(cpu.javaCores(), (int) Math.ceil(cpu.quota()));
        return threads <= cores
                ? null
                : new Advice(
                        (threads == blas ? "BLAS" : "ND4J") + " uses " + threads + " threads, but this process has "
                                + cores + (cores == 1 ? " core" : " cores"),
                        "OMP_NUM_THREADS=" + cores,
                        "no time lost on threads that wait for a core");
    }

    static Advice threadsThatAreNoNumber(Facts facts) {
        String value = facts.environment().setting("OMP_NUM_THREADS");
        return value == null || value.matches("([1-9]\\d*)?")
                ? null
                : new Advice(
                        "ND4J reads OMP_NUM_THREADS as one integer above 0, but it is " + value,
                        "OMP_NUM_THREADS=" + facts.environment().cpu().javaCores() + ", or remove it",
                        "ND4J loads and computes correctly");
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
}
