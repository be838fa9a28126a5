package io.github.flux4j.bench.workload;

import io.github.flux4j.bench.baseline.DenseNetwork;
import io.github.flux4j.bench.baseline.HandRolledDoubleMlp;
import io.github.flux4j.bench.contender.Contender;
import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.contender.Problem.Mode;
import io.github.flux4j.bench.contender.Turns;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A step, a prediction or a whole run of a contender on a problem. Numbers after no step are the predictions for the first batch, after −n steps those
 * for batch n; after some, the parameters.
 */
public record ProblemWorkload(String name, Problem problem) implements Workload {

    private static final int MOST_STEPS = 100;

    /** Of the way gone: gradients are sums of up to some hundred thousand terms in Float32, in another order. */
    private static final double OF_THE_WAY = 1e-3;

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

    /** With the library's own place of Adam's ε. */
    @Override
    public Workload as(Contenders contender) {
        DenseNetwork network = problem.network();
        return network.rule() instanceof DenseNetwork.Adam adam
                        && contender.entrant().addsEpsilonElsewhere()
                ? new ProblemWorkload(
                        name + "-epsilon-elsewhere",
                        problem.with(new DenseNetwork(network.layers(), network.loss(), adam.withEpsilonElsewhere())))
                : this;
    }

    @Override
    public Map<Integer, double[]> expected(double mostFlop, RandomGenerator random) {
        HandRolledDoubleMlp byHand = new HandRolledDoubleMlp(problem.network(), problem.wideStart());
        Map<Integer, double[]> expected = new TreeMap<>();
        List<Problem.Slice> batches = problem.batches();
        for (int batch : List.of(0, batches.size() < 2 ? 0 : random.nextInt(1, batches.size()))) {
            double[] features = Problem.widened(batches.get(batch).features());
            expected.put(-batch, byHand.predict(features).clone());
        }
        if (!problem.task().predicts()) {
            train(byHand, drawn((int) Math.min(MOST_STEPS, mostFlop / problem.flopPerStep()), random), expected);
        }
        return expected;
    }

    /** The first step, and two that nobody knows beforehand, the last in the second half. */
    private static Set<Integer> drawn(int most, RandomGenerator random) {
        return most < 2
                ? Set.of(1)
                : new TreeSet<>(List.of(1, random.nextInt(1, most), random.nextInt(most / 2, most) + 1));
    }

    private void train(HandRolledDoubleMlp byHand, Set<Integer> steps, Map<Integer, double[]> expected) {
        Turns<Problem.Slice> batches = new Turns<>(problem.batches());
        int last = 0;
        for (int step : steps) {
            for (; last < step; last++) {
                Problem.Slice batch = batches.next();
                byHand.step(Problem.widened(batch.features()), Problem.widened(batch.targets()));
            }
            expected.put(step, byHand.parameters().clone());
        }
    }

    @Override
    public ReadyWorkload start(Contenders contender, DataType type) {
        return job(other -> contender.entrant().start(other, type));
    }

    /** Of a contender that this starts. */
    public ReadyWorkload job(Function<Problem, Contender> start) {
        return new ProblemJob(problem, start.apply(problem), start);
    }

    @Override
    public double error(int runs, double[] actual, double[] expected) {
        return runs <= 0
                ? Deviation.ofPredictions(actual, expected, problem.network())
                : Deviation.overWay(actual, expected, problem.wideStart(), runs);
    }

    @Override
    public double tolerance(int runs, DataType type) {
        return runs <= 0 ? PREDICTIONS : OF_THE_WAY;
    }
}
