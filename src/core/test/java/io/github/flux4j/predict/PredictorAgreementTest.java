package io.github.flux4j.predict;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What the small jar predicts is what flux4j predicts. Oracle: the lean engine. */
class PredictorAgreementTest {

    private static final double FLOAT = 1e-6; // some roundings of 6e-8 each, added up in another order
    private static final double DOUBLE = 1e-14; // the same of 1e-16
    private static final double ERF = 1e-14; // its 1e-15, times x/2, where 1 + erf cancels

    /** A layer of rows of three, and what a file says of it. */
    private record Known(Layer layer, Map<String, Object> json) {
        @Override
        public String toString() {
            return json.toString();
        }
    }

    private static Map<String, Object> of(String type, Object... pairs) {
        Map<String, Object> json = new java.util.TreeMap<>(Map.of("type", type));
        for (int i = 0; i < pairs.length; i += 2) {
            json.put((String) pairs[i], pairs[i + 1]);
        }
        return json;
    }

    static Stream<Known> layers() {
        return Stream.of(
                new Known(dense(3, 3), of("dense", "in", 3, "out", 3, "activation", "identity", "bias", true)),
                new Known(dense(3, 5, GELU), of("dense", "in", 3, "out", 5, "activation", "gelu")),
                new Known(dense(3, 17, SOFTMAX), of("dense", "in", 3, "out", 17, "activation", "softmax")),
                new Known(dense(3, 3, LOGSOFTMAX), of("dense", "in", 3, "out", 3, "activation", "logsoftmax")),
                new Known(dense(3, 9).withoutBias(), of("dense", "in", 3, "out", 9, "bias", false)),
                new Known(scale(3), of("scale", "size", 3)),
                new Known(scale(3, TANH), of("scale", "size", 3, "activation", "tanh")),
                new Known(scale(3).withoutBias(), of("scale", "size", 3, "bias", false)),
                new Known(layerNorm(3), of("layerNorm", "size", 3, "eps", (double) 1e-5f)),
                new Known(layerNorm(3, TANH), of("layerNorm", "size", 3, "activation", "tanh")),
                new Known(layerNorm(3).withEpsilon(0.1), of("layerNorm", "size", 3, "eps", 0.1)),
                new Known(layerNorm(3).withoutAffine(), of("layerNorm", "size", 3, "affine", false)),
                new Known(moved(batchNorm(3)), of("batchNorm", "size", 3)),
                new Known(moved(batchNorm(3, TANH)), of("batchNorm", "size", 3, "activation", "tanh")),
                new Known(moved(batchNorm(3).withEpsilon(0.1)), of("batchNorm", "size", 3, "eps", 0.1)),
                new Known(moved(batchNorm(3).withoutAffine()), of("batchNorm", "size", 3, "affine", false)),
                new Known(batchNorm(3).withoutTrackStats(), of("batchNorm", "size", 3, "trackStats", false)),
                new Known(
                        batchNorm(3).withoutAffine().withoutTrackStats(),
                        of("batchNorm", "size", 3, "trackStats", false, "affine", false)),
                new Known(dropout(0.4), of("dropout", "p", 0.4)),
                new Known(dropout(0.4).withDims(1), of("dropout", "p", 0.4, "dims", 1)),
                new Known(alphaDropout(0.4), of("alphaDropout", "p", 0.4)));
    }

    /** With statistics that are not those at the start. */
    private static BatchNorm moved(BatchNorm layer) {
        layer.runningMean().assign(0.3f);
        layer.runningVariance().assign(2.5f);
        return layer;
    }

    static Stream<Known> activations() {
        Stream<Known> byDefault = Activation.all().stream()
                .filter(activation -> activation != RRELU)
                .map(activation -> new Known(activation, of(activation.toString())));
        return Stream.concat(
                byDefault,
                Stream.of(
                        new Known(leakyrelu(0.2), of("leakyrelu", "a", 0.2)),
                        new Known(elu(0.5), of("elu", "alpha", 0.5)),
                        new Known(celu(2), of("celu", "alpha", 2)),
                        new Known(trelu(0.3), of("trelu", "theta", 0.3)),
                        new Known(softshrink(2), of("softshrink", "lambda", 2)),
                        new Known(rrelu(0.25, 0.25), of("rrelu", "low", 0.25, "high", 0.25))));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyLayerAlone(Known known) throws Exception {
        randomise(known.layer());
        assertAgree(known.layer(), known.json(), 3);
    }

    @ParameterizedTest
    @MethodSource({"layers", "activations"})
    void everyLayerWithinAChain(Known known) throws Exception {
        Layer layer = known.layer();
        int out = layer.outputSize(3);
        Chain chain = chain(dense(2, 3, TANH), layer, dense(out, 2));
        randomise(chain);
        assertAgree(
                chain,
                of(
                        "chain",
                        "layers",
                        List.of(SampleFiles.dense(2, 3, "tanh"), known.json(), SampleFiles.dense(out, 2, "identity"))),
                2);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void everyActivationAfterADense(Known known) throws Exception {
        Layer model = dense(3, 20, (Activation) known.layer());
        Object name = known.json().size() == 1 ? known.json().get("type") : known.json();
        assertAgree(model, SampleFiles.dense(3, 20, name), 3);
    }

    /** To the digits of each number by itself, since nothing is added up here. */
    @ParameterizedTest
    @MethodSource("activations")
    void everyActivationByItself(Known known) throws Exception {
        double[] x = IntStream.rangeClosed(-400, 400).mapToDouble(i -> i / 20.0).toArray();
        Layer single = f32(known.layer());
        assertClose(predictor(single, known.json()).predict(x), single.predict(x), FLOAT, Float.MIN_NORMAL);
        Layer wide = f64(known.layer());
        assertClose(predictor(wide, known.json()).predict(x), wide.predict(x), DOUBLE, ERF);
    }

    @Test
    void networksOfUsualSizes() throws Exception {
        seed(7);
        for (int[] sizes : new int[][] {{8, 64, 64, 1}, {1, 16, 1}, {13, 7, 9, 3}, {100, 130, 10}}) {
            Layer[] layers = new Layer[sizes.length - 1];
            Object[] json = new Object[layers.length];
            for (int i = 0; i < layers.length; i++) {
                layers[i] = dense(sizes[i], sizes[i + 1], i < layers.length - 1 ? RELU : IDENTITY);
                json[i] = SampleFiles.dense(sizes[i], sizes[i + 1], i < layers.length - 1 ? "relu" : "identity");
            }
            assertAgree(chain(layers), of("chain", "layers", List.of(json)), sizes[0]);
        }
    }

    private static void randomise(Layer model) {
        SplittableRandom random = new SplittableRandom(5);
        if (model.flatParameters() != null) {
            for (int i = 0; i < model.parameterCount(); i++) {
                model.flatParameters().putScalar(i, random.nextDouble(-1.5, 1.5));
            }
        }
    }

    private static Predictor predictor(Layer model, Map<String, Object> json) throws Exception {
        return SampleFiles.predictor(Saved.file(model, json));
    }

    private static void assertAgree(Layer model, Map<String, Object> json, int inputs) throws Exception {
        assertAgree(model.dataType() == DataType.FLOAT ? f32(model) : model, json, inputs, FLOAT);
        assertAgree(f64(model), json, inputs, DOUBLE);
    }

    /** Relative to what is added up, which is about 1 or as large as the greatest result: where it cancels, a result keeps fewer digits. */
    private static void assertAgree(Layer model, Map<String, Object> json, int inputs, double tolerance)
            throws Exception {
        Predictor predictor = predictor(model, json);
        for (int rows : new int[] {1, 3, 150}) {
            double[] x = new SplittableRandom(rows)
                    .doubles((long) rows * inputs, -2, 2)
                    .toArray();
            double[] expected = new double[rows * model.outputSize(inputs)];
            model.predict(x, rows, expected);
            double[][] split = IntStream.range(0, rows)
                    .mapToObj(r -> Arrays.copyOfRange(x, r * inputs, (r + 1) * inputs))
                    .toArray(double[][]::new);
            double[] predicted = Arrays.stream(predictor.predict(split))
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
            assertClose(predicted, expected, 0, tolerance * Math.max(1, greatest(expected)));
        }
    }

    private static double greatest(double... numbers) {
        return Arrays.stream(numbers).map(Math::abs).max().orElse(0);
    }

    private static void assertClose(double[] predicted, double[] expected, double relative, double absolute) {
        assertThat(predicted).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(predicted[i]).isCloseTo(expected[i], within(relative * Math.abs(expected[i]) + absolute));
        }
    }
}
