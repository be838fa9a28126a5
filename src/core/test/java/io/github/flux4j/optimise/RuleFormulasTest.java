package io.github.flux4j.optimise;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.Flux4j;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Scale;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every rule against its formula. */
class RuleFormulasTest {

    /** Longer than two strips of memory, and no multiple of one. */
    private static final int LONG = 2500;

    /** So long that two threads share the work. */
    private static final int SHARED = 135_000;

    private static final int SHORT = 40;

    private static final double DOUBLE_STEPS = 1e-12; // 1000 roundings of parameters of size up to ten

    /**
     * The formula is in Float64, the rule in Float32. A parameter of size one is rounded by 3e-8 at each of 1000 steps, and by the same where
     * the steps are the same; parameters get as large as four.
     */
    private static final double FLOAT_STEPS = 1e-4;

    static List<Rules.Known> rules() {
        return Rules.all();
    }

    private static Stream<Rule> flat(Rule rule) {
        return rule instanceof OptimiserChain chain
                ? Stream.concat(Stream.of(chain), chain.rules().stream().flatMap(RuleFormulasTest::flat))
                : Stream.of(rule);
    }

    /** The words of Flux4j that give a rule, each with the rule of that word. */
    @Test
    void allAreTestedAndHaveAWord() {
        assertThat(RuleVocabulary.RULES.names())
                .containsExactlyInAnyOrderElementsOf(Stream.of(Flux4j.class.getMethods())
                        .filter(method -> Rule.class.isAssignableFrom(method.getReturnType()))
                        .map(Method::getName)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(rules().stream()
                        .flatMap(known -> flat(known.rule()))
                        .map(rule -> RuleVocabulary.RULES.call(rule).name())
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void printsAsOptimisersJlPrintsIt(Rules.Known known) {
        assertThat(known.rule()).hasToString(known.printed());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isItsFormulaOverAThousandSteps(Rules.Known known) {
        assertFormula(known.rule(), DataType.DOUBLE, SHORT, 1000, DOUBLE_STEPS);
        assertFormula(known.rule(), DataType.FLOAT, SHORT, 1000, FLOAT_STEPS);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isItsFormulaOnLongArrays(Rules.Known known) {
        assertFormula(known.rule(), DataType.DOUBLE, LONG, 20, DOUBLE_STEPS);
        assertFormula(known.rule(), DataType.FLOAT, LONG, 20, FLOAT_STEPS);
    }

    /** With and without moments, a pass of its own for a norm, and steps that are left out; {@link SharedStepsTest} has all rules. */
    @Test
    void isItsFormulaWhereThreadsShareTheWork() {
        assertSharedSteps(optimiserChain(clipNorm(), descent()), 1);
        assertSharedSteps(optimiserChain(adam(), accumGrad(2)), 2);
    }

    static void assertSharedSteps(Rule rule, int steps) {
        assertFormula(rule, DataType.FLOAT, SHARED, steps, FLOAT_STEPS);
    }

    /** On two arrays at once, since some rules treat each by itself. */
    private static void assertFormula(Rule rule, DataType type, int length, int steps, double tolerance) {
        Scale model = Layer.copyAs(type, scale(length));
        SplittableRandom random = new SplittableRandom(17);
        double[] start = numbers(random, 2 * length, type);
        Tensors.write(start, model.flatParameters());
        double[] scales = Arrays.copyOf(start, length);
        double[] biases = Arrays.copyOfRange(start, length, 2 * length);
        RuleFormula ofScales = RuleFormula.of(rule, length, type == DataType.FLOAT);
        RuleFormula ofBiases = RuleFormula.of(rule, length, type == DataType.FLOAT);
        Optimiser optimiser = setup(rule, model);
        Gradient gradient = new Gradient(model, Tensors.zeros(type, 2 * length));
        for (int step = 0; step < steps; step++) {
            double[] g = numbers(random, 2 * length, type);
            Arrays.fill(g, 10, 15, 0); // some have no gradient, ever
            Tensors.write(g, gradient.flat());
            update(optimiser, model, gradient);
            move(ofScales, Arrays.copyOf(g, length), scales);
            move(ofBiases, Arrays.copyOfRange(g, length, 2 * length), biases);
        }

        assertClose(Tensors.toDoubles(model.scale()), scales, tolerance);
        assertClose(Tensors.toDoubles(model.bias()), biases, tolerance);
    }

    private static void assertClose(double[] actual, double[] expected, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(actual[i] - expected[i])
                    <= tolerance)) { // a plain check, since AssertJ's takes long for that many
                assertThat(actual[i]).as("element %s", i).isCloseTo(expected[i], within(tolerance));
            }
        }
    }

    /** About as many above zero as below, most of size one. */
    private static double[] numbers(SplittableRandom random, int n, DataType type) {
        double[] numbers = new double[n];
        Arrays.setAll(numbers, i -> 2 * (random.nextDouble() + random.nextDouble() + random.nextDouble()) - 3);
        return type == DataType.FLOAT
                ? Arrays.stream(numbers).map(x -> (float) x).toArray()
                : numbers;
    }

    private static void move(RuleFormula formula, double[] d, double[] x) {
        if (formula.apply(d, x)) {
            Arrays.setAll(x, i -> x[i] - d[i]);
        }
    }

    private static final double[] GRADIENTS = {0.5, -0.25, 1};

    /** One parameter at 1, three gradients, Float64; from the formula, worked out in another language. */
    @ParameterizedTest
    @CsvSource({
        "Descent, 0.95, 0.975, 0.875",
        "Momentum, 0.995, 0.993, 0.9812",
        "Nesterov, 0.99905, 0.99912, 0.997058",
        "RMSProp, 0.9968377225398316, 0.9983121420144241, 0.9954935627930367",
        "Adam, 0.99900000002, 0.9987336629870784, 0.9980755513967708",
        "AdaGrad, 0.9000000039999998, 0.9447213620344539, 0.8574342070344841",
        "AMSGrad, 0.9968377869509664, 0.9957059815501432, 0.9924481873208952",
        "AdamW, 0.99899000002, 0.9987136730870783, 0.9980455743600398"
    })
    void makesTheGoldenThreeSteps(String name, double first, double second, double third) {
        Rule rule = name.equals("AdamW")
                ? adamW(0.001, 0.01)
                : rules().stream()
                        .map(Rules.Known::rule)
                        .filter(r -> r.getClass().getSimpleName().equals(name))
                        .findFirst()
                        .orElseThrow();

        assertThat(path(rule, 1, GRADIENTS)).containsExactly(new double[] {first, second, third}, within(1e-12));
    }

    /** Where a parameter goes, given these gradients. */
    private static double[] path(Rule rule, double from, double... gradients) {
        Dense model = f64(dense(column(from), null, IDENTITY));
        Optimiser optimiser = setup(rule, model);
        return Arrays.stream(gradients)
                .map(g -> {
                    optimiser.step(Tensors.of(DataType.DOUBLE, new double[] {g}, 1));
                    return model.weight().getDouble(0);
                })
                .toArray();
    }

    @Test
    void theExamplesOfOptimisersJlsDocumentationHold() {
        // OptimiserChain(ClipGrad(1.0), Descent(0.1)) on zeros with [0.3, 1, 7]
        Scale model = f64(scale(3).withoutBias());
        model.scale().assign(0);
        setup(optimiserChain(clipGrad(1), descent(0.1)), model)
                .step(Tensors.of(DataType.DOUBLE, new double[] {0.3, 1, 7}, 3));
        assertThat(Tensors.toDoubles(model.scale())).containsExactly(new double[] {-0.03, -0.1, -0.1}, within(1e-15));

        // OptimiserChain(AccumGrad(2), WeightDecay(0.01), Descent(0.1)) on Float32 1 and 2 with 33, 0 and 0, 444
        Scale other = scale(1);
        other.scale().assign(1);
        other.bias().assign(2);
        Optimiser optimiser = setup(optimiserChain(accumGrad(2), weightDecay(0.01), descent(0.1)), other);
        optimiser.step(Tensors.of(DataType.FLOAT, new double[] {33, 0}, 2));
        assertThat(Tensors.toDoubles(other.flatParameters())).containsExactly(1, 2);
        optimiser.step(Tensors.of(DataType.FLOAT, new double[] {0, 444}, 2));
        assertThat(Tensors.toDoubles(other.flatParameters()))
                .containsExactly(new double[] {-0.651, -20.202002}, within(1e-6));
    }

    @Test
    void aChainWorksFromLeftToRight() {
        // by hand, p = 1, g = 3: clip to 2, then times 0.1; or times 0.1, then clip to 2
        assertThat(path(optimiserChain(clipGrad(2), descent(0.1)), 1, 3))
                .containsExactly(new double[] {0.8}, within(1e-15));
        assertThat(path(optimiserChain(descent(0.1), clipGrad(2)), 1, 3))
                .containsExactly(new double[] {0.7}, within(1e-15));
        // decay before and after the learning rate: 1 − 0.1·(3 + 0.5), 1 − (0.1·3 + 0.5)
        assertThat(path(optimiserChain(weightDecay(0.5), descent(0.1)), 1, 3))
                .containsExactly(new double[] {0.65}, within(1e-15));
        assertThat(path(optimiserChain(descent(0.1), weightDecay(0.5)), 1, 3))
                .containsExactly(new double[] {0.2}, within(1e-15));
    }

    @Test
    void anEmptyChainTakesTheGradientItself() {
        assertThat(path(optimiserChain(), 1, 0.25, 0.5)).containsExactly(0.75, 0.25);
    }

    @Test
    void clipNormIsOfEachParameterArray() {
        Dense model = f64(dense(rows(new double[] {0, 0}), column(0).reshape(1), IDENTITY));
        setup(optimiserChain(clipNorm(1), descent(1)), model)
                .step(Tensors.of(DataType.DOUBLE, new double[] {3, 4, 0.5}, 3));

        // by hand: (3, 4) has norm 5, (0.5) is short enough
        assertThat(Tensors.toDoubles(model.flatParameters()))
                .containsExactly(new double[] {-0.6, -0.8, -0.5}, within(1e-15));
    }

    @Test
    void clipNormRefusesWhatHasNoNorm() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            Dense model = f64(dense(rows(new double[] {1, 2}), column(3).reshape(1), IDENTITY));
            Optimiser optimiser = setup(optimiserChain(momentum(), clipNorm()), model);

            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(() -> optimiser.step(Tensors.of(DataType.DOUBLE, new double[] {1, 1, bad}, 3)))
                    .withMessage("the gradient of bias has a " + bad + "; nothing was changed."
                            + " Try a smaller learning rate or scale features and targets");
            assertThat(Tensors.toDoubles(model.flatParameters())).containsExactly(1, 2, 3);
        }
    }

    @Test
    void theGradientStaysAsItIs() {
        for (Rules.Known known : rules()) {
            Dense model = dense(2, 2);
            INDArray gradient = Tensors.of(DataType.FLOAT, new double[] {1, -2, 30, 4, 5, -6}, 6);
            setup(known.rule(), model).step(gradient);
            assertThat(Tensors.toDoubles(gradient)).containsExactly(1, -2, 30, 4, 5, -6);
        }
    }

    @Test
    void wordsHaveTheDefaultsOfOptimisersJl() {
        assertThat(weightDecay()).isEqualTo(new WeightDecay(5e-4));
        assertThat(signDecay()).isEqualTo(new SignDecay(1e-3));
        assertThat(clipGrad()).isEqualTo(new ClipGrad(10));
        assertThat(clipNorm()).isEqualTo(new ClipNorm(10, 2));
        assertThat(momentum(0.2)).isEqualTo(new Momentum(0.2, 0.9));
        assertThat(rmsProp(0.2, 0.8)).isEqualTo(new RMSProp(0.2, 0.8, 1e-8, false));
        assertThat(adam(0.2, 0.8, 0.99)).isEqualTo(new Adam(0.2, 0.8, 0.99, 1e-8));
        assertThat(rprop(0.2)).isEqualTo(new Rprop(0.2, 0.5, 1.2, 1e-6, 50));
    }

    @Test
    void hyperparametersMustMakeSense() {
        List<Runnable> bad = List.of(
                () -> momentum(0),
                () -> momentum(0.1, 1),
                () -> nesterov(-1),
                () -> rmsProp(0.1, Double.NaN),
                () -> adam(0.1, 1, 0.9),
                () -> adam(0.1, 0.9, -0.1),
                () -> new Adam(0.1, 0.9, 0.99, -1),
                () -> new RAdam(0.1, 1, 0.9, 1e-8),
                () -> new AMSGrad(0.1, 1, 0.9, 1e-8),
                () -> new AdaBelief(0.1, 1, 0.9, 1e-8),
                () -> new AdaMax(0.1, 1, 0.9, 1e-8),
                () -> new NAdam(0.1, 1, 0.9, 1e-8),
                () -> new OAdam(0.1, 1, 0.9, 1e-8),
                () -> new AdamW(0, 0.9, 0.9, 0, 1e-8, true),
                () -> new AdamW(0.1, 1, 0.9, 0, 1e-8, true),
                () -> new AdamW(0.1, 0.9, 1, 0, 1e-8, true),
                () -> new AdamW(0.1, 0.9, 0.9, 0, -1, true),
                () -> new AdaDelta(0.9, -1),
                () -> new AdaGrad(0, 1e-8),
                () -> new AdaGrad(0.1, -1),
                () -> new Lion(0.1, 1, 0.9),
                () -> new Lion(0.1, 0.9, 1),
                () -> new Nesterov(0.1, 1),
                () -> new RMSProp(0, 0.9, 1e-8, false),
                () -> new RMSProp(0.1, 0.9, -1, false),
                () -> new Rprop(0, 0.5, 1.2, 1e-6, 50),
                () -> new Rprop(0.1, 0.5, 1, 1e-6, 50),
                () -> new Rprop(0.1, 0.5, 1.2, -1, 50),
                () -> new Rprop(0.1, 0.5, 1.2, 1e-6, 0),
                () -> adamW(0.1, -1),
                () -> adaDelta(1),
                () -> lion(Double.POSITIVE_INFINITY),
                () -> weightDecay(-1),
                () -> signDecay(Double.NaN),
                () -> clipGrad(0),
                () -> clipNorm(0),
                () -> clipNorm(1, 0),
                () -> accumGrad(0),
                () -> new Rprop(0.1, 1, 1.2, 0, 1));
        bad.forEach(rule -> assertThatIllegalArgumentException()
                .isThrownBy(rule::run)
                .withMessageMatching(".+ must be .+, but was .+"));
    }
}
