package io.github.flux4j.bench.workload;

import io.github.flux4j.bench.baseline.HandRolledDoubleLoss;
import io.github.flux4j.bench.contender.Contender;
import io.github.flux4j.bench.contender.Problem;

/** Training, epoch after epoch, until the loss on all examples reaches the problem's goal. */
final class TimeToLoss {

    private static final int MOST_EPOCHS = 2000;

    private TimeToLoss() {}

    /** The nanoseconds of the epochs alone; the loss is looked at between them. */
    static long of(Contender contender, Problem problem) {
        int batches = problem.batches().size();
        long nanos = 0;
        for (int epoch = 0; epoch < MOST_EPOCHS; epoch++) {
            long start = System.nanoTime();
            for (int i = 0; i < batches; i++) {
                contender.step();
            }
            nanos += System.nanoTime() - start;
            if (loss(contender, problem) <= problem.goal()) {
                return nanos;
            }
        }
        throw new IllegalStateException("the loss is not " + problem.goal() + " after " + MOST_EPOCHS + " epochs");
    }

    private static double loss(Contender contender, Problem problem) {
        float[] predictions = new float[problem.targets().length];
        contender.predict(problem.features(), predictions);
        return HandRolledDoubleLoss.of(
                problem.network().loss(),
                Problem.widened(predictions),
                Problem.widened(problem.targets()),
                problem.network().outputs(),
                new double[predictions.length]);
    }
}
