package io.github.flux4j.bench.workload;

import io.github.flux4j.bench.contender.Contender;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.contender.Turns;
import java.io.IOException;

/** A contender on a problem. */
final class ProblemJob implements Job {

    private final Problem problem;
    private final Contender contender;
    private final Turns<Problem.Slice> batches;
    private final float[] predictions;
    private final boolean predicts;
    private int steps;

    ProblemJob(Problem problem, Contender contender) {
        this.problem = problem;
        this.contender = contender;
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
    public double[] numbers(int runs) {
        if (runs == 0) {
            float[] first = new float[predictions.length];
            contender.predict(problem.batches().get(0).features(), first);
            return Workload.widened(first);
        }
        for (; steps < runs; steps++) {
            contender.step();
        }
        return Workload.widened(contender.parameters());
    }

    @Override
    public Measured once() throws IOException {
        return problem.task() == Problem.Task.ENDURANCE
                ? Endurance.of(contender)
                : new Measured(TimeToLoss.of(contender, problem), null, null, null, null, (double) Resident.most());
    }

    @Override
    public String about() {
        return contender.about();
    }

    @Override
    public void close() {
        contender.close();
    }
}
