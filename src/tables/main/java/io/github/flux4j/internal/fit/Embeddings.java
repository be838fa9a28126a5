package io.github.flux4j.internal.fit;

import static java.util.stream.Collectors.joining;

import io.github.flux4j.fit.Network;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.internal.prepare.Preparation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * Learnt numbers in place of the zeros and ones of texts: a first layer before a network, {@code parallel(concat, columns(0, 3), columns(3, 40,
 * embedding(37, 10)))}.
 *
 * @param levels how many a text has at least that gets them; 0 for none
 */
public record Embeddings(Preparation preparation, int levels) {

    /** Numbers for a text, at most, as in MLJFlux. */
    private static final int MOST = 10;

    /** How many numbers a column becomes. */
    private int width(Feature feature) {
        return isEmbedded(feature) ? Math.min(feature.width() - 1, MOST) : feature.width();
    }

    private boolean isEmbedded(Feature feature) {
        return levels > 0 && feature instanceof TextFeature && feature.width() >= Math.max(2, levels);
    }

    private boolean areNone() {
        return preparation.features().list().stream().noneMatch(this::isEmbedded);
    }

    /** The network with these before it. */
    Network before(Network network) {
        if (areNone()) {
            return network;
        }
        int width = preparation.features().list().stream().mapToInt(this::width).sum();
        return (inputs, outputs) -> Chain.of(Layer.parse(text()), network.build(width, outputs));
    }

    private String text() {
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
        return branches.stream().collect(joining(", ", "parallel(concat, ", ")"));
    }

    private static void addPlain(List<String> branches, int from, int to) {
        if (to > from) {
            branches.add("columns(" + from + ", " + to + ")");
        }
    }

    /** What the embedded columns of prepared rows become in a network, as they are without; row after row. */
    public float[] of(Layer network, float[] rows, int count) {
        if (areNone()) {
            return rows;
        }
        Layer first = ((Chain) network).get(0);
        float[] learnt = new float[Examples.numbers(count, first.outputSize(preparation.width()))];
        first.predict(rows, count, learnt);
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
