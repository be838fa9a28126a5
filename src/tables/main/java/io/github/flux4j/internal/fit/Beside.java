package io.github.flux4j.internal.fit;

import io.github.flux4j.engine.Join;
import io.github.flux4j.fit.Network;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.internal.line.Line;
import io.github.flux4j.internal.prepare.Preparation;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Scale;
import io.github.flux4j.optimise.Optimiser;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A network beside a line: {@code parallel(sum, chain(what the network sees, network, scale), dense)}. The line and the scale, the size of what the line
 * leaves, stay as they are, so that the network learns the rest.
 */
final class Beside {

    private Beside() {}

    /** The network of a line's prepared rows, from one of rows without what lines see. */
    static Network of(Network network, Straight straight, Line line, double size) {
        Preparation preparation = straight.data().preparation();
        String seen = seen(preparation);
        return (inputs, outputs) -> {
            Layer select = Layer.parse(seen);
            Layer built = network.build(select.outputSize(inputs), outputs);
            Scale scale = Scale.of(outputs, Activation.IDENTITY).withoutBias();
            scale.scale().assign(size);
            Dense dense = line.layer(straight.rows(), inputs);
            DataType type = built.dataType();
            return Layer.parallel(
                    Join.SUM,
                    Chain.of(Layer.copyAs(type, select), built, Layer.copyAs(type, scale)),
                    Layer.copyAs(type, dense));
        };
    }

    /** The numbers of prepared rows that are for networks. */
    private static String seen(Preparation preparation) {
        List<String> runs = new ArrayList<>();
        int at = 0;
        int from = 0;
        int to = 0;
        for (Feature feature : preparation.features().list()) {
            to = at + (feature instanceof NumberFeature number ? number.curvedWidth() : feature.width());
            at += feature.width();
            if (to < at) {
                runs.add("columns(" + from + ", " + to + ")");
                from = at;
            }
        }
        if (from < at) {
            runs.add("columns(" + from + ", " + at + ")");
        }
        return "columns(0, " + to + ", parallel(concat, " + String.join(", ", runs) + "))";
    }

    /** Whether a network is beside a line of all its inputs, as {@link #of} makes it. */
    static boolean isOne(Layer network, int inputs) {
        List<Layer> parts = network.layers();
        return parts.size() == 2
                && parts.get(0) instanceof Chain chain
                && chain.get(chain.size() - 1) instanceof Scale
                && parts.get(1) instanceof Dense dense
                && dense.inputs() == inputs;
    }

    /** The part that learns. */
    static Chain network(Layer beside) {
        return (Chain) beside.layers().get(0);
    }

    /** Keeps the line and the scale as they are. */
    static void freeze(Optimiser optimiser, Layer beside) {
        Chain network = network(beside);
        optimiser.freeze(network.get(network.size() - 1)).freeze(beside.layers().get(1));
    }
}
