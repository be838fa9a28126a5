package io.github.flux4j.bench.workload;

import io.github.flux4j.bench.baseline.DenseNetwork;
import io.github.flux4j.bench.baseline.HandRolledDoubleMlp;
import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.contender.Problem.Mode;
import io.github.flux4j.bench.contender.Turns;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A step, a prediction or a whole run of a contender on a problem. Numbers after no step are the predictions for the first batch; after some, the
 * parameters.
 */
public record ProblemWorkload(String name, Problem problem) implements Workload {

    private static final List<Integer> STEPS = List.of(1, 10, 100);

    /** Of the way gone: gradients are sums of up to some hundred thousand terms in Float32, in another order. */
    private static final double OF_THE_WAY = 1e-3;

    /**
     * Adam divides by the gradient's own size. DL4J, DJL and scikit-learn add ε before the bias correction, Flux after it, so for them ε is up to 32
     * times larger in the first steps, which small gradients feel: up to 0.02 of the way after one step. A wrong factor shows as 0.1 or more.
     */
    private static final double ADAM_WITH_EPSILON_ELSEWHERE = 5e-2;

    /** Sums of at most 1024 terms in Float32. */
    private static final double PREDICTIONS = 1e-5;

    @Override
    public String about() {
        String network = problem.network().layers().stream()
                .map(layer -> layer.inputs() + " => ")
                .collect(Collectors.joining());
        return network + problem.network().outputs() + ", batch " + problem.batchSize() + ": "
                + problem.task().about()
                + switch (problem.task()) {
                    case TRAINING ->
                        ", " + problem.network().loss() + ", "
                                + problem.network().rule();
                    case TIME_TO_LOSS -> " " + problem.goal();
                    default -> "";
                };
    }

    @Override
    public Mode mode() {
        return problem.task().mode();
    }

    @Override
    public double flop() {
        return mode() == Mode.LOOP ? problem.flopPerStep() : 0;
    }

    /** Doing nothing is timed once, for what the harness costs. */
    @Override
    public boolean suits(Contenders contender) {
        return contender == Contenders.NULL
                ? problem.name().equals("article")
                : contender.entrant().tasks().contains(problem.task());
    }

    @Override
    public Map<Integer, double[]> expected(double mostFlop) {
        HandRolledDoubleMlp byHand = new HandRolledDoubleMlp(problem.network(), problem.wideStart());
        Turns<Problem.Slice> batches = new Turns<>(problem.batches());
        Map<Integer, double[]> expected = new TreeMap<>();
        expected.put(
                0,
                byHand.predict(Problem.widened(problem.batches().get(0).features()))
                        .clone());
        int last = 0;
        for (int steps : problem.task().predicts() ? List.<Integer>of() : STEPS) {
            if (steps > 1 && steps * problem.flopPerStep() > mostFlop) {
                break;
            }
            for (; last < steps; last++) {
                Problem.Slice batch = batches.next();
                byHand.step(Problem.widened(batch.features()), Problem.widened(batch.targets()));
            }
            expected.put(steps, byHand.parameters().clone());
        }
        return expected;
    }

    @Override
    public ReadyWorkload start(Contenders contender, DataType type) {
        return new ProblemJob(
                problem,
                contender.entrant().start(problem, type),
                other -> contender.entrant().start(other, type));
    }

    @Override
    public double error(int runs, double[] actual, double[] expected) {
        return runs == 0
                ? Deviation.ofPredictions(actual, expected, problem.network())
                : Deviation.overWay(actual, expected, problem.wideStart(), runs);
    }

    @Override
    public double tolerance(int runs, Contenders contender, DataType type) {
        if (runs == 0) {
            return PREDICTIONS;
        }
        return problem.network().rule() instanceof DenseNetwork.Adam
                        && contender.entrant().addsEpsilonElsewhere()
                ? ADAM_WITH_EPSILON_ELSEWHERE
                : OF_THE_WAY;
    }
}
