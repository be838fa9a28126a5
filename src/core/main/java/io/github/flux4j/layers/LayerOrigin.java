package io.github.flux4j.layers;

import io.github.flux4j.engine.Origin;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.List;

/**
 * A layer as the origin of its operation.
 *
 * @param operation the structure that is the operation alone, without an activation after it
 */
record LayerOrigin(Layer layer, Structure operation) implements Origin {

    @Override
    public String text() {
        return operation.call().toString();
    }

    @Override
    public Kept kept() {
        List<double[]> statistics = layer.buffers().stream()
                .map(statistic -> Tensors.toDoubles(statistic.values()))
                .toList();
        return new Kept(layer.mode().name(), statistics, Chance.of(layer).generators());
    }

    /**
     * Restores the stored state of a layer with the same text.
     *
     * @throws IllegalArgumentException if it can't have that state
     */
    static void restore(Layer layer, Kept kept) {
        layer.setMode(Mode.valueOf(kept.mode()));
        if (!kept.generators().isEmpty()) {
            new Chance(kept.generators()).into(layer);
        }
        List<Parameter> buffers = layer.buffers();
        requireSizes(layer, buffers, kept.statistics());
        for (int i = 0; i < buffers.size(); i++) {
            Tensors.write(kept.statistics().get(i), buffers.get(i).values());
        }
    }

    private static void requireSizes(Layer layer, List<Parameter> buffers, List<double[]> statistics) {
        List<Long> expected =
                buffers.stream().map(buffer -> buffer.values().length()).toList();
        List<Long> given =
                statistics.stream().map(statistic -> (long) statistic.length).toList();
        if (!expected.equals(given)) {
            throw new IllegalArgumentException(
                    layer.text() + " expects running statistics of " + expected + " numbers, but there are " + given);
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
