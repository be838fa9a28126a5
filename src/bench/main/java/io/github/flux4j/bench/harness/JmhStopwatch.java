package io.github.flux4j.bench.harness;

import com.sun.management.OperatingSystemMXBean;
import io.github.flux4j.bench.workload.Measured;
import io.github.flux4j.bench.workload.ReadyWorkload;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Times a job by JMH, in this process: the harness has started one for it alone, since environment variables and class paths differ, which JMH's forks
 * can't have.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(java.util.concurrent.TimeUnit.NANOSECONDS)
public class JmhStopwatch {

    static final int ITERATIONS = 5;

    private static volatile Supplier<ReadyWorkload> starting;
    private static volatile Consumer<ReadyWorkload> ending;

    private ReadyWorkload job;

    /** In the thread that runs it. */
    @Setup
    public void start() {
        job = starting.get();
    }

    @Benchmark
    public void run() {
        job.run();
    }

    @TearDown
    public void stop() {
        ending.accept(job);
    }

    /**
     * The median over the iterations; processor time over those and the warm-up.
     *
     * @param end is given the job that was timed, after it was
     */
    static Measured time(Supplier<ReadyWorkload> job, Consumer<ReadyWorkload> end, int warmupMillis, int measureMillis)
            throws RunnerException {
        starting = job;
        ending = end;
        System.setProperty(
                "jmh.ignoreLock", "true"); // one lock for all users of a machine, left behind by a run that was ended
        Options options = new OptionsBuilder()
                .include(JmhStopwatch.class.getName().replace(".", "\\.") + "\\.run$")
                .forks(0)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(warmupMillis))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(Math.max(1, measureMillis / ITERATIONS)))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        double before = processorNanos();
        RunResult result =
                new Runner(options, OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT)).runSingle();
        return measured(result, processorNanos() - before);
    }

    private static Measured measured(RunResult result, double processorNanos) {
        double[] nanos = result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                .sorted()
                .toArray();
        double runs = result.getBenchmarkResults().stream()
                .map(fork -> fork.getMetadata())
                .mapToDouble(data -> data.getWarmupOps() + data.getMeasurementOps())
                .sum();
        double heap = result.getSecondaryResults().keySet().stream()
                .filter(label -> label.endsWith("gc.alloc.rate.norm"))
                .mapToDouble(label -> result.getSecondaryResults().get(label).getScore())
                .findFirst()
                .orElse(Double.NaN);
        return new Measured(nanos[nanos.length / 2], finite(processorNanos / runs), finite(heap), null, null);
    }

    private static Double finite(double number) {
        return Double.isFinite(number) ? (Double) number : null;
    }

    private static double processorNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : Double.NaN;
    }
}
