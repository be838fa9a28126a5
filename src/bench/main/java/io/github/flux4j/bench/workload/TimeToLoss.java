package io.github.flux4j.bench.workload;

import io.github.flux4j.bench.baseline.Network;
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
        Network network = problem.network();
        float[] predictions = new float[problem.targets().length];
        contender.predict(problem.features(), predictions);
        return network.loss() == Network.Loss.LOGIT_CROSS_ENTROPY
                ? crossEntropy(predictions, problem.targets(), network.outputs())
                : meanSquare(predictions, problem.targets());
    }

    private static double meanSquare(float[] predictions, float[] targets) {
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            sum += (predictions[i] - targets[i]) * (predictions[i] - targets[i]);
        }
        return sum / targets.length;
    }

    private static double crossEntropy(float[] logits, float[] targets, int columns) {
        double sum = 0;
        for (int at = 0; at < targets.length; at += columns) {
            double total = 0;
            for (int i = at; i < at + columns; i++) {
                total += Math.exp(logits[i]);
            }
            for (int i = at; i < at + columns; i++) {
                sum += targets[i] * (Math.log(total) - logits[i]);
            }
        }
        return sum / (targets.length / columns);
    }
}
