package io.github.flux4j.io.dl4j;

import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Mode;
import io.github.flux4j.layers.Structure;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@code network()} of flux4j has besides Deeplearning4j's own parts, in files of {@code ModelSerializer}: by the names there, no class is loaded. */
final class OwnParts {

    static final String LAYER = "io.github.flux4j.saved.FluxLayer";
    static final String ACTIVATION = "io.github.flux4j.saved.FluxActivation";

    private static final String FIRST = "io.github.flux4j.internal.dl4j.";
    private static final int MOST = 1 << 24;

    /** What a class is like: one of Deeplearning4j's that has the same numbers, or one of ours under its name of today. */
    private static final Map<String, String> LIKE = Map.of(
            "io.github.flux4j.saved.FluxDense",
            PlainNetwork.LAYERS + "DenseLayer",
            "io.github.flux4j.saved.FluxOutput",
            PlainNetwork.LAYERS + "OutputLayer",
            FIRST + "RuledDense",
            PlainNetwork.LAYERS + "DenseLayer",
            FIRST + "RuledOutput",
            PlainNetwork.LAYERS + "OutputLayer",
            FIRST + "KernelLayer",
            LAYER,
            FIRST + "PointwiseActivation",
            ACTIVATION);

    private OwnParts() {}

    static String like(String className) {
        return LIKE.getOrDefault(className, className);
    }

    /** A layer that stands there as its text. */
    record Described(Structure structure, Mode mode, List<double[]> statistics) {

        /** How many trained numbers it has; the statistics are none. */
        long parameters() throws IOException {
            long kept = statistics.stream().mapToLong(each -> each.length).sum();
            if (kept > structure.numbers()) {
                throw Fields.refused("at most " + structure.numbers() + " statistics of " + structure, kept);
            }
            return structure.numbers() - kept;
        }

        Layer make(DataType type) {
            Layer layer = Layer.copyAs(type, structure.build());
            layer.setMode(mode);
            if (layer instanceof BatchNorm norm && norm.runningMean() != null) {
                write(0, norm.runningMean());
                write(1, norm.runningVariance());
            }
            return layer;
        }

        private void write(int number, INDArray into) {
            if (number >= statistics.size() || statistics.get(number).length != into.length()) {
                throw new IllegalArgumentException(
                        "expected " + into.length() + " running statistics of " + structure + ", but there are others");
            }
            Tensors.write(statistics.get(number), into);
        }
    }

    static Described layer(Fields layer) throws IOException {
        Structure structure = Structure.of(Call.parse(layer.text("layer")), Parts.NONE);
        return new Described(structure, mode(layer.text("mode")), statistics(layer));
    }

    private static Mode mode(String name) throws IOException {
        return Stream.of(Mode.values())
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Fields.refused("a mode of " + List.of(Mode.values()), name));
    }

    private static List<double[]> statistics(Fields layer) throws IOException {
        List<double[]> all = new ArrayList<>();
        for (Object statistic : layer.list("statistics", 2)) {
            if (!(statistic instanceof List<?> numbers)
                    || numbers.size() > MOST
                    || !numbers.stream().allMatch(Double.class::isInstance)) {
                throw Fields.refused("a list of numbers in statistics of " + layer.where(), statistic);
            }
            all.add(numbers.stream().mapToDouble(Double.class::cast).toArray());
        }
        return all;
    }
}
