package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.contender.Contender;
import io.github.flux4j.bench.contender.Entrant;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.contender.Turns;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One training step, or the predictions for one batch, of one contender. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ContenderBenchmark {

    @Param("article")
    public String problem;

    @Param("NULL")
    public String contender;

    private Contender running;
    private Turns<Problem.Slice> batches;
    private float[] predictions;

    @Setup
    public void start() {
        Problem given = Problems.named(problem);
        running = Entrant.valueOf(contender).start(given);
        batches = new Turns<>(given.batches());
        predictions = new float[given.batchSize() * given.network().outputs()];
    }

    @Benchmark
    public void step() {
        running.step();
    }

    @Benchmark
    public float[] predict() {
        running.predict(batches.next().features(), predictions);
        return predictions;
    }

    @TearDown
    public void stop() {
        running.close();
    }
}
