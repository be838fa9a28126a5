package io.github.flux4j.internal.fit;

import static java.util.stream.Collectors.joining;

import io.github.flux4j.fit.Network;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.internal.prepare.Preparation;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Scale;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What stands before a network: learnt numbers in place of the zeros and ones of texts, periodic functions beside numbers, and a factor for each of what
 * comes of that. {@code parallel(concat, columns(0, 3), columns(3, 40, embedding(37, 10)), columns(0, 3, periodic(3, 16, 3))), scale(22)}.
 *
 * @param levels how many a text has at least that is embedded; 0 for none
 * @param frequencies of the periodic functions of a number; 0 for none
 * @param areScaled whether there are factors
 */
public record InputLayers(Preparation preparation, int levels, int frequencies, boolean areScaled) {

    /** Numbers for a text, at most, as in MLJFlux. */
    private static final int MOST = 10;

    /** Periodic functions of a number, as in RealMLP. */
    private static final int FUNCTIONS = 3;

    /** Those that an estimator is told. */
    static InputLayers of(EstimatorSettings settings, Preparation preparation, int rows) {
        return new InputLayers(
                preparation,
                settings.get(EstimatorSetting.EMBEDDINGS),
                settings.frequencies(
                        (int) preparation.features().list().stream()
                                .filter(NumberFeature.class::isInstance)
                                .count(),
                        rows),
                settings.inputRate() > 0);
    }

    /** The layer of factors; null if there is none. */
    static Scale factors(Layer network) {
        if (network instanceof Chain chain) {
            for (int i = 0; i + 1 < chain.size(); i++) {
                if (chain.get(i) instanceof Scale scale) {
                    return scale;
                }
            }
        }
        return null;
    }

    /** How many numbers a column becomes. */
    private int width(Feature feature) {
        return isEmbedded(feature) ? Math.min(feature.width() - 1, MOST) : feature.width();
    }

    private boolean isEmbedded(Feature feature) {
        return levels > 0 && feature instanceof TextFeature && feature.width() >= Math.max(2, levels);
    }

    private int width() {
        return preparation.features().list().stream().mapToInt(this::width).sum();
    }

    /** The network with these before it. */
    Network before(Network network) {
        List<String> periodic = periodic();
        boolean isPlain = preparation.features().list().stream().noneMatch(this::isEmbedded);
        if (isPlain && periodic.isEmpty() && !areScaled) {
            return network;
        }
        List<String> branches =
                isPlain ? new ArrayList<>(List.of("columns(0, " + preparation.width() + ")")) : embedded();
        branches.addAll(periodic);
        String text = branches.stream().collect(joining(", ", "parallel(concat, ", ")"));
        boolean isParallel = !isPlain || !periodic.isEmpty();
        return (inputs, outputs) -> {
            List<Layer> layers = new ArrayList<>();
            if (isParallel) {
                layers.add(Layer.parse(text));
            }
            int width = isParallel ? layers.get(0).outputSize(inputs) : inputs;
            if (areScaled) {
                layers.add(Scale.of(width, Activation.IDENTITY).withoutBias());
            }
            Layer built = network.build(width, outputs);
            if (built.dataType() == DataType.DOUBLE) {
                layers.replaceAll(layer -> Layer.copyAs(DataType.DOUBLE, layer));
            }
            layers.add(built);
            return Chain.of(layers.toArray(Layer[]::new));
        };
    }

    private List<String> embedded() {
        List<String> branches = new ArrayList<>();
        int at = 0;
        int plain = 0;
        for (Feature feature : preparation.features().list()) {
            int to = at + feature.width();
            if (isEmbedded(feature)) {
                addPlain(branches, plain, at);
                branches.add(
                        "columns(" + at + ", " + to + ", embedding(" + feature.width() + ", " + width(feature) + "))");
                plain = to;
            }
            at = to;
        }
        addPlain(branches, plain, at);
        return branches;
    }

    private static void addPlain(List<String> branches, int from, int to) {
        if (to > from) {
            branches.add("columns(" + from + ", " + to + ")");
        }
    }

    /** A branch for each run of numbers that are nothing else. */
    private List<String> periodic() {
        List<String> branches = new ArrayList<>();
        int at = 0;
        int from = 0;
        for (Feature feature : preparation.features().list()) {
            boolean isNumber = frequencies > 0 && feature instanceof NumberFeature;
            if (!isNumber || feature.width() > 1) { // a run ends before it, or with its first number
                addPeriodic(branches, from, isNumber ? at + 1 : at);
                from = at + feature.width();
            }
            at += feature.width();
        }
        addPeriodic(branches, from, at);
        return branches;
    }

    private void addPeriodic(List<String> branches, int from, int to) {
        if (to > from) {
            branches.add("columns(" + from + ", " + to + ", periodic(" + (to - from) + ", " + frequencies + ", "
                    + FUNCTIONS + "))");
        }
    }

    /** What the embedded columns of prepared rows become in a network, as they are without; row after row. */
    public float[] of(Layer network, float[] rows, int count) {
        if (preparation.features().list().stream().noneMatch(this::isEmbedded)) {
            return rows;
        }
        Layer first = ((Chain) network).get(0);
        int given = first.outputSize(preparation.width());
        float[] all = new float[Examples.numbers(count, given)];
        first.predict(rows, count, all);
        float[] learnt = new float[Examples.numbers(count, width())];
        for (int row = 0; row < count; row++) {
            System.arraycopy(all, row * given, learnt, row * width(), width());
        }
        return learnt;
    }

    /** A name for each number of such a row. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Feature feature : preparation.features().list()) {
            int width = width(feature);
            for (int i = 1; i <= width; i++) {
                names.add(width == 1 ? feature.name() : feature.name() + " " + i);
            }
        }
        return names;
    }
}
