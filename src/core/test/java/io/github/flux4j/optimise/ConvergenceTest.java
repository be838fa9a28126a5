package io.github.flux4j.optimise;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Dense;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The test by which Flux and Optimisers.jl hold their own rules: a 10×10 linear map is learnt from single random examples, in 100 000 steps
 * at most, up to a loss of 0.01.
 */
class ConvergenceTest {

    private static final int MAP = 10;
    private static final int STEPS = 100_000;
    private static final int POOL = 1000;
    private static final double GOAL = 0.01;

    private static final SplittableRandom RANDOM = new SplittableRandom(10);
    private static final INDArray TARGET = normal();
    private static final INDArray START = normal();
    private static final List<Batch> EXAMPLES =
            Stream.generate(ConvergenceTest::examples).limit(POOL).toList();

    /**
     * For rules that go by the gradient's signs: from one example with positive features, those of a row of weights are all the same.
     * Optimisers.jl's test has 20 for every rule.
     */
    private static final List<Batch> TWENTY =
            Stream.generate(() -> examples(20)).limit(POOL).toList();

    private static INDArray normal() {
        double[] numbers = new double[MAP * MAP];
        Arrays.setAll(numbers, i -> Randomness.gaussian(RANDOM));
        return Tensors.of(DataType.FLOAT, numbers, MAP, MAP);
    }

    private static Batch examples() {
        return examples(1);
    }

    private static Batch examples(int rows) {
        INDArray x = Tensors.of(DataType.FLOAT, RANDOM.doubles(rows * MAP).toArray(), rows, MAP);
        return batch(x, x.mmul(TARGET.transpose()));
    }

    static List<Rules.Known> rules() {
        return Rules.all();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void learnsALinearMapFromSingleExamples(Rules.Known known) {
        Dense model = dense(START, null, IDENTITY);
        Batch test = examples(MAP);
        Optimiser optimiser = setup(known.rule(), model);
        if (known.rate() > 0) {
            optimiser.adjust(known.rate());
        }
        double loss = mse(model).of(test.features(), test.targets());
        assertThat(loss).as("at first").isGreaterThan(1);
        for (int step = 0; step < STEPS && loss >= GOAL; step += POOL) {
            train(MSE, model, goesBySigns(known.rule()) ? TWENTY : EXAMPLES, optimiser);
            loss = mse(model).of(test.features(), test.targets());
        }

        assertThat(loss).isLessThan(GOAL);
    }

    private static boolean goesBySigns(Rule rule) {
        return rule instanceof Rprop || rule instanceof Lion;
    }
}
