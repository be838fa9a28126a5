package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.baseline.Network;
import io.github.flux4j.bench.contender.Contender;
import io.github.flux4j.bench.contender.Entrant;
import io.github.flux4j.bench.contender.Problem;
import java.io.IOException;

/** A process that does one run and tells what it took: {@code WholeRun ENTRANT PROBLEM}. */
final class WholeRun {

    /** Before the result, a {@link Fork} without commas; 0 nanoseconds stand for the time until this line. */
    static final String MARK = "whole run:";

    private static final int MOST_EPOCHS = 2000;

    private WholeRun() {}

    public static void main(String[] args) throws IOException {
        Problem problem = Problems.named(args[1]);
        try (Contender contender = Entrant.valueOf(args[0]).start(problem)) {
            System.out.println(MARK + " " + run(contender, problem).inOneLine());
        }
        System.exit(0);
    }

    private static Fork run(Contender contender, Problem problem) throws IOException {
        if (problem.task() == Problem.Task.ENDURANCE) {
            Endurance run = Endurance.of(contender);
            return new Fork(run.nanos(), run.heapBytes(), run.nativeBytes(), run.drift(), Resident.most());
        }
        if (problem.task() == Problem.Task.TIME_TO_LOSS) {
            return Fork.whole(untilGoal(contender, problem), Resident.most());
        }
        contender.step();
        return Fork.whole(0, Resident.most());
    }

    /** The time of the epochs alone; the loss is looked at between them. */
    private static long untilGoal(Contender contender, Problem problem) {
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
