package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.contender.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures one cell once, in a process of its own. */
final class Stopwatch {

    private final Pace pace;
    private final Path folder;
    private final PrintStream logFile;
    private final OutputFormat log;

    /**
     * A stopwatch of this pace.
     *
     * @param folder for its own files
     */
    Stopwatch(Pace pace, Path folder) throws IOException {
        this.pace = pace;
        this.folder = folder;
        // the lock is one for all users of a machine, and left behind by a run that was ended
        System.setProperty("jmh.ignoreLock", "true");
        this.logFile = new PrintStream(folder.resolve("jmh.log").toFile(), StandardCharsets.UTF_8);
        this.log = OutputFormatFactory.createFormatInstance(logFile, VerboseMode.NORMAL);
    }

    Fork measure(Cell cell) throws IOException, RunnerException {
        Problem.Task task = Problems.named(cell.problem()).task();
        return switch (task) {
            case TRAINING -> jmh(cell, "step");
            case PREDICTION -> jmh(cell, "predict");
            case COLD_START, TIME_TO_LOSS, ENDURANCE -> wholeRun(cell);
        };
    }

    private Fork jmh(Cell cell, String method) throws IOException, RunnerException {
        ChainedOptionsBuilder options = options(ContenderBenchmark.class, method)
                .jvm(Jvm.executable(cell.entrant(), folder))
                .jvmArgs(cell.entrant().jvmArguments().toArray(String[]::new))
                .param("problem", cell.problem())
                .param("contender", cell.entrant().name());
        // JMH gives its forks the class path that this property names, and has no option for another
        String own = System.setProperty("java.class.path", cell.build().classPath());
        try {
            return run(options);
        } finally {
            System.setProperty("java.class.path", own);
        }
    }

    /** One product of two matrices of 1024 × 1024. */
    Fork sgemm(int threads) throws RunnerException {
        return run(options(SgemmBenchmark.class, "multiply").jvmArgs().param("threads", String.valueOf(threads)));
    }

    private ChainedOptionsBuilder options(Class<?> benchmark, String method) {
        return new OptionsBuilder()
                .include(benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
                .forks(1)
                .warmupIterations(1)
                .warmupTime(pace.warmup())
                .measurementIterations(pace.iterations())
                .measurementTime(pace.length())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
    }

    private Fork run(ChainedOptionsBuilder options) throws RunnerException {
        RunResult result = quietly(new Runner(options.build(), log));
        double[] nanos = result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(Stopwatch::score)
                .toArray();
        double heap = result.getSecondaryResults().keySet().stream()
                .filter(label -> label.endsWith("gc.alloc.rate.norm"))
                .mapToDouble(label -> result.getSecondaryResults().get(label).getScore())
                .findFirst()
                .orElse(Double.NaN);
        return Fork.steps(Measurement.median(nanos), heap);
    }

    /** JMH passes on what a fork writes to its error stream, whatever the format. */
    private RunResult quietly(Runner runner) throws RunnerException {
        PrintStream console = System.err;
        System.setErr(logFile);
        try {
            return runner.runSingle();
        } finally {
            System.setErr(console);
        }
    }

    private static double score(IterationResult iteration) {
        return iteration.getPrimaryResult().getScore();
    }

    /** A process that tells what it took; of a cold start the time until it tells is what counts. */
    private Fork wholeRun(Cell cell) throws IOException {
        long start = System.nanoTime();
        ProcessBuilder command = Jvm.command(
                cell.entrant(),
                cell.build(),
                WholeRun.class,
                List.of(cell.entrant().name(), cell.problem()));
        if (Problems.named(cell.problem()).task() == Problem.Task.ENDURANCE) {
            command.command().addAll(1, Endurance.FIXED_HEAP);
        }
        Process process =
                command.redirectError(folder.resolve("whole-run.log").toFile()).start();
        try (BufferedReader reader = process.inputReader()) {
            String line = reader.readLine();
            long elapsed = System.nanoTime() - start;
            while (line != null && !line.startsWith(WholeRun.MARK)) {
                line = reader.readLine();
                elapsed = System.nanoTime() - start;
            }
            if (line == null) {
                throw new IOException("it ended without a result; see " + folder.resolve("whole-run.log"));
            }
            Fork told = Fork.parse(line.substring(WholeRun.MARK.length()));
            return told.nanos() == 0 ? told.withNanos(elapsed) : told;
        } finally {
            process.destroy();
        }
    }
}
