package io.github.flux4j.io.onnx;

import static io.github.flux4j.Flux4j.*;

import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Layers;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Models whose numbers are all different, and rows for them. */
final class Networks {

    private Networks() {}

    /** Every activation that can be exported, those that take a number with two. */
    static Stream<Activation> activations() {
        return Stream.concat(
                Activation.all().stream().filter(activation -> activation != RRELU),
                Stream.of(
                        elu(0.5),
                        elu(-1),
                        celu(2),
                        leakyrelu(0.2),
                        leakyrelu(-3),
                        trelu(0.3),
                        trelu(-1),
                        softshrink(2),
                        softshrink(0)));
    }

    /** Every layer that can be exported, of three columns. */
    static Stream<Layer> layers() {
        return Layers.all().stream()
                .filter(Networks::isPlain)
                .map(known -> filled(known.make().get()));
    }

    /** Every layer that can be exported and read again. */
    static Stream<Layer> readable() {
        return Layers.ofBothEngines().stream()
                .filter(known -> isPlain(known) && !known.line().startsWith("Periodic"))
                .map(known -> filled(known.make().get()));
    }

    private static boolean isPlain(Layers.Known known) {
        return !known.isOwn() && !known.line().startsWith("rrelu");
    }

    /** Named and nested, of every kind. */
    static Chain deep() {
        Chain inner = chain(dense(6, 5, GELU), dropout(0.5), layerNorm(5, SWISH));
        return filled(Chain.named()
                .layer("standardise", batchNorm(4).withEpsilon(1e-3))
                .layer("first", dense(4, 6, RELU))
                .layer("inner", inner)
                .layer("scale", scale(5, TANH))
                .layer("drop", alphaDropout(0.1))
                .layer("last", dense(5, 3).withoutBias())
                .layer("softmax", SOFTMAX)
                .build());
    }

    /** The model with all its numbers, statistics included, drawn; none is near 0 where it is divided by. */
    static <L extends Layer> L filled(L model) {
        Random random = new Random(7);
        for (var parameter : model.trainables()) {
            fill(parameter.values(), random, -1);
        }
        for (Layer layer : model instanceof Chain chain ? chain.layers() : List.of(model)) {
            if (layer instanceof BatchNorm norm && norm.runningMean() != null) {
                fill(norm.runningMean(), random, -1);
                fill(norm.runningVariance(), random, 0.5);
            }
        }
        return model;
    }

    private static void fill(INDArray array, Random random, double least) {
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, least + 2 * random.nextDouble());
        }
    }

    /** Drawn from −6 to 6, with some that functions bend at. */
    static INDArray features(int rows, int columns) {
        Random random = new Random(3);
        double[][] features = new double[rows][columns];
        double[] bends = {0, -0.0, 1, -1, 3, -3, 6, 0.5, -0.5, 1e-4, -1e-4};
        for (int i = 0; i < rows * columns; i++) {
            features[i / columns][i % columns] =
                    i % 5 == 0 ? bends[i / 5 % bends.length] : 12 * random.nextDouble() - 6;
        }
        return rows(features);
    }
}
