package io.github.flux4j.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.bench.baseline.DenseNetwork;
import io.github.flux4j.bench.baseline.DenseNetwork.Adam;
import io.github.flux4j.bench.baseline.HandRolledDoubleMlp;
import io.github.flux4j.bench.contender.Contender;
import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.contender.Turns;
import io.github.flux4j.bench.workload.ProblemWorkload;
import io.github.flux4j.bench.workload.ReadyWorkload;
import io.github.flux4j.bench.workload.Workloads;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A job that was timed is the one that is proved, so whoever saves work while the clock runs, or computes something else, is found out. */
class BrokenContendersTest {

    private static final ProblemWorkload ADAM = (ProblemWorkload) Workloads.named("mlp-8-64-64-1-adam");
    private static final ProblemWorkload DESCENT = (ProblemWorkload) Workloads.named("mlp-4-32-16-4-tanh");
    private static final ProblemWorkload PREDICTION = (ProblemWorkload) Workloads.named("predict-8-64-64-1");

    private static final int TIMED = 150;

    /** No limit: the problems here are small. */
    private static final double ENOUGH = Double.POSITIVE_INFINITY;

    /** What is wrong. */
    private enum Fault {
        STOPS_AFTER_100_STEPS(Early::new),
        SKIPS_EVERY_OTHER_STEP(Skipping::new),
        LEARNS_ONE_PERCENT_FASTER(problem -> sound(withRule(problem, adam -> adam(1.01 * adam.eta(), adam.beta2())))),
        FORGETS_SQUARES_TEN_TIMES_AS_FAST(problem -> sound(withRule(problem, adam -> adam(adam.eta(), 0.99)))),
        HAS_GRADIENTS_OF_8_BITS(problem -> new Rounding(problem, Fault::bfloat16));

        private final Function<Problem, Contender> start;

        Fault(Function<Problem, Contender> start) {
            this.start = start;
        }

        private static Adam adam(double eta, double beta2) {
            return new Adam(eta, 0.9, beta2, 1e-8, false);
        }

        /** To the nearest. */
        private static double bfloat16(double value) {
            return Float.intBitsToFloat((Float.floatToIntBits((float) value) + 0x8000) & 0xffff0000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverTrainsOtherwiseIsRefused(Fault fault) {
        assertThat(refusalAfterTiming(ADAM, fault.start)).startsWith("after ");
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPS_AFTER_100_STEPS", "SKIPS_EVERY_OTHER_STEP"})
    void alsoAtAnotherRule(Fault fault) {
        assertThat(refusalAfterTiming(DESCENT, fault.start)).startsWith("after ");
    }

    @Test
    void whoeverGivesTheFirstAnswerAgainIsRefused() {
        assertThat(refusalAfterTiming(PREDICTION, Caching::new)).startsWith("its predictions are wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp-8-64-64-1-adam", "mlp-4-32-16-4-tanh", "predict-8-64-64-1", "article"})
    void theSameWithoutAFaultIsNot(String name) {
        assertThat(refusalAfterTiming((ProblemWorkload) Workloads.named(name), BrokenContendersTest::sound))
                .isNull();
    }

    @Test
    void neitherIsWhoRoundsNothing() {
        assertThat(refusalAfterTiming(ADAM, problem -> new Rounding(problem, value -> value)))
                .isNull();
    }

    private static String refusalAfterTiming(ProblemWorkload workload, Function<Problem, Contender> start) {
        ReadyWorkload job = workload.job(start);
        for (int i = 0; i < TIMED; i++) {
            job.run();
        }
        return Agreement.of(
                        workload,
                        Contenders.HAND_ROLLED,
                        DataType.FLOAT,
                        () -> job,
                        workload.expected(ENOUGH, new SplittableRandom(3)))
                .refusal();
    }

    private static Contender sound(Problem problem) {
        return Contenders.HAND_ROLLED.entrant().start(problem, DataType.FLOAT);
    }

    private static Problem withRule(Problem problem, UnaryOperator<Adam> change) {
        DenseNetwork network = problem.network();
        return problem.with(new DenseNetwork(network.layers(), network.loss(), change.apply((Adam) network.rule())));
    }

    /** Sound in all that a broken one leaves as it is. */
    private static class Sound implements Contender {

        final Contender inner;
        int calls;

        Sound(Problem problem) {
            inner = sound(problem);
        }

        @Override
        public void step() {
            inner.step();
        }

        @Override
        public void restart() {
            inner.restart();
        }

        @Override
        public float[] parameters() {
            return inner.parameters();
        }

        @Override
        public void predict(float[] x, float[] y) {
            inner.predict(x, y);
        }
    }

    private static final class Early extends Sound {

        Early(Problem problem) {
            super(problem);
        }

        @Override
        public void step() {
            if (++calls <= 100) {
                inner.step();
            }
        }
    }

    private static final class Skipping extends Sound {

        Skipping(Problem problem) {
            super(problem);
        }

        @Override
        public void step() {
            if (++calls % 2 == 1) {
                inner.step();
            }
        }
    }

    private static final class Caching extends Sound {

        private float[] answer;

        Caching(Problem problem) {
            super(problem);
        }

        @Override
        public void predict(float[] x, float[] y) {
            if (answer == null) {
                answer = new float[y.length];
                inner.predict(x, answer);
            }
            System.arraycopy(answer, 0, y, 0, y.length);
        }
    }

    /** Adam in double precision, with gradients that something is done to. */
    private static final class Rounding implements Contender {

        private final Problem problem;
        private final Adam rule;
        private final UnaryOperator<Double> rounding;
        private final Turns<Problem.Slice> batches;
        private double[] parameters;
        private double[] mean;
        private double[] square;
        private int steps;

        Rounding(Problem problem, UnaryOperator<Double> rounding) {
            this.problem = problem;
            this.rounding = rounding;
            rule = (Adam) problem.network().rule();
            batches = new Turns<>(problem.batches());
            restart();
        }

        /** The gradient is what a descent with rate 1 goes. */
        @Override
        public void step() {
            DenseNetwork network = problem.network();
            HandRolledDoubleMlp descent = new HandRolledDoubleMlp(
                    new DenseNetwork(network.layers(), network.loss(), new DenseNetwork.Descent(1)), parameters);
            Problem.Slice batch = batches.next();
            descent.step(Problem.widened(batch.features()), Problem.widened(batch.targets()));
            steps++;
            for (int i = 0; i < parameters.length; i++) {
                double slope = rounding.apply(parameters[i] - descent.parameters()[i]);
                mean[i] = rule.beta1() * mean[i] + (1 - rule.beta1()) * slope;
                square[i] = rule.beta2() * square[i] + (1 - rule.beta2()) * slope * slope;
                double corrected = Math.sqrt(square[i] / (1 - Math.pow(rule.beta2(), steps)));
                parameters[i] -=
                        rule.eta() * mean[i] / (1 - Math.pow(rule.beta1(), steps)) / (corrected + rule.epsilon());
            }
        }

        @Override
        public void restart() {
            parameters = problem.wideStart();
            mean = new double[parameters.length];
            square = new double[parameters.length];
            steps = 0;
            batches.restart();
        }

        @Override
        public float[] parameters() {
            float[] narrow = new float[parameters.length];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (float) parameters[i];
            }
            return narrow;
        }

        @Override
        public void predict(float[] x, float[] y) {
            double[] answer = new HandRolledDoubleMlp(problem.network(), parameters).predict(Problem.widened(x));
            for (int i = 0; i < y.length; i++) {
                y[i] = (float) answer[i];
            }
        }
    }
}
