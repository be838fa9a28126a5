package io.github.flux4j.bench.workload;

import io.github.flux4j.bench.contender.Contender;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.contender.Turns;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A contender on a problem. */
final class ProblemJob implements ReadyWorkload {

    /** What a busy machine trains. */
    private static final String OTHER = "mlp-8-64-64-1-adam";

    private static final long SECOND = 1_000_000_000L; // nanoseconds

    private final Problem problem;
    private final Contender contender;
    private final Turns<Problem.Slice> batches;
    private final float[] predictions;
    private final boolean predicts;
    private final Function<Problem, Contender> more;
    private final List<ProblemJob> company = new ArrayList<>();
    private int steps;

    /**
     * A job.
     *
     * @param more starts the same contender once more, for a problem
     */
    ProblemJob(Problem problem, Contender contender, Function<Problem, Contender> more) {
        this.problem = problem;
        this.contender = contender;
        this.more = more;
        batches = new Turns<>(problem.batches());
        predictions = new float[problem.batchSize() * problem.network().outputs()];
        predicts = problem.task().predicts();
    }

    @Override
    public void run() {
        if (predicts) {
            contender.predict(batches.next().features(), predictions);
        } else {
            contender.step();
        }
    }

    @Override
    public void restart() {
        if (!predicts) {
            contender.restart();
        }
        steps = 0;
    }

    @Override
    public double[] numbers(int runs) {
        if (runs <= 0) {
            float[] answer = new float[predictions.length];
            contender.predict(problem.batches().get(-runs).features(), answer);
            return Problem.widened(answer);
        }
        for (; steps < runs; steps++) {
            contender.step();
        }
        return Problem.widened(contender.parameters());
    }

    @Override
    public Measured once() {
        return once(Latency.USUAL);
    }

    Measured once(Latency latency) {
        return switch (problem.task()) {
            case FIRST_SECOND -> firstSecond();
            case TIME_TO_LOSS -> Measured.of(TimeToLoss.of(contender, problem));
            case EACH_STEP, EACH_PREDICTION -> latency.of(this::run);
            case EACH_STEP_BUSY -> beside(latency, Thread::onSpinWait);
            case EACH_PREDICTION_BUSY -> beside(latency, predictor()::run, trainer()::run);
            default -> ReadyWorkload.super.once();
        };
    }

    /**
     * How much a contender that has done nothing yet gets done in the second after its first step began, while Java still compiles it: nanoseconds
     * of a step, on average over that second; if the first takes longer, of that one.
     */
    private Measured firstSecond() {
        long begin = System.nanoTime();
        contender.step();
        long first = System.nanoTime() - begin;
        long nanos = first;
        int done = 1;
        for (; nanos < SECOND; done++) {
            contender.step();
            nanos = System.nanoTime() - begin;
        }
        return new Measured((double) nanos / done, null, null, (double) first, null);
    }

    private Measured beside(Latency latency, Runnable... others) {
        return Company.beside(List.of(others), () -> latency.of(this::run));
    }

    /** With the same model, if it may be. */
    private ProblemJob predictor() {
        return with(new ProblemJob(problem, contender.predictsForThreads() ? contender : more.apply(problem), more));
    }

    private ProblemJob trainer() {
        Problem other = Problems.named(OTHER).orElseThrow();
        return with(new ProblemJob(other, more.apply(other), more));
    }

    private ProblemJob with(ProblemJob other) {
        company.add(other);
        return other;
    }

    @Override
    public String about() {
        return contender.about();
    }

    @Override
    public void close() {
        company.forEach(ProblemJob::close);
        contender.close();
    }
}
