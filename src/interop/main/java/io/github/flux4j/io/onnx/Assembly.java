package io.github.flux4j.io.onnx;

import io.github.flux4j.io.onnx.NetworkPart.Draft;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** Puts the parts of a file's network together: an activation becomes that of the layer before it, what computes nothing is left out. */
final class Assembly {

    /** Columns of all layers together: a single number in a file can stand for as many. */
    private static final long WIDTHS = 1 << 21;

    private final List<Draft> drafts = new ArrayList<>();
    private final Budget budget;
    private int width;

    /** How many columns all layers of a file have had so far. */
    static final class Budget {

        private long widths;

        private void take(int width) throws IOException {
            widths += width;
            if (widths > WIDTHS) {
                throw new IOException("its layers together have more than " + WIDTHS + " columns");
            }
        }
    }

    private Assembly(int width, Budget budget) {
        this.width = width;
        this.budget = budget;
    }

    /** The network; a chain unless it is one layer. */
    static Layer of(Collection<Recognised.Found> parts, int width, Budget budget) throws IOException {
        Assembly assembly = add(parts, width, budget);
        return assembly.layers(assembly.isDouble() ? DataType.DOUBLE : DataType.FLOAT);
    }

    /** The parts as drafts. */
    static Assembly add(Collection<Recognised.Found> parts, int width, Budget budget) throws IOException {
        Assembly assembly = new Assembly(width, budget);
        for (Recognised.Found found : parts) {
            assembly.add(found);
        }
        return assembly;
    }

    /** Columns that come out. */
    int width() {
        return width;
    }

    boolean isDouble() {
        return drafts.stream().anyMatch(Draft::isDouble);
    }

    private void add(Recognised.Found found) throws IOException {
        budget.take(width);
        try {
            add(found.part().draft(width));
        } catch (IOException e) {
            throw new IOException(found.operator().place() + ": " + e.getMessage(), e);
        }
    }

    private void add(Draft draft) {
        width = draft.width();
        int last = drafts.size() - 1;
        if (draft.maker() == null
                && draft.activation() != null
                && last >= 0
                && drafts.get(last).takesActivation()) {
            drafts.set(last, drafts.get(last).with(draft.activation()));
        } else if (draft.activation() != null) {
            drafts.add(draft);
        }
    }

    /** Of this type; a chain unless it is one layer. */
    Layer layers(DataType type) {
        Layer[] layers = drafts.stream().map(draft -> draft.make(type)).toArray(Layer[]::new);
        if (layers.length == 0) {
            return Activation.IDENTITY;
        }
        return layers.length == 1 ? layers[0] : Chain.of(layers);
    }
}
