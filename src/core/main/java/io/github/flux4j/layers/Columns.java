package io.github.flux4j.layers;

import io.github.flux4j.engine.Join;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.util.List;

/** {@code y = layer(x[:, from … to − 1])}, or these columns as they are. */
record Columns(int from, int to, List<Structure> layers) implements Branching {

    Columns {
        layers = List.copyOf(layers);
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("columns(" + from + ", " + to
                    + "): from must be at least 0, and to more than from; columns count from 0, and to is exclusive");
        }
        if (layers.size() > 1) {
            throw new IllegalArgumentException(
                    "columns takes one layer, but has " + layers.size() + ": " + layers + "; put them into a chain");
        }
        if (!layers.isEmpty() && !LayerCheck.takes(layers.get(0), to - from)) {
            throw new IllegalArgumentException(layers.get(0) + " expects " + LayerCheck.expects(layers.get(0))
                    + " inputs, but columns(" + from + ", " + to + ") gives " + (to - from));
        }
    }

    static Columns read(Call call, int width, Parts parts) {
        Arguments arguments = new Arguments(call, parts);
        int from = arguments.whole("from");
        int to = arguments.whole("to");
        return new Columns(from, to, LayerWords.layers(call, arguments, Math.max(0, to - from)));
    }

    @Override
    public String word() {
        return "Columns";
    }

    @Override
    public String setting() {
        return from + ", " + to;
    }

    @Override
    public Join join() {
        return Join.CONCAT;
    }

    @Override
    public int inputs() {
        return 0;
    }

    @Override
    public int least() {
        return to;
    }

    @Override
    public int outputs(int inputs) {
        if (inputs < to) {
            throw new IllegalArgumentException(
                    this + " expects at least " + to + " features per row, but receives " + inputs);
        }
        return layers.isEmpty() ? to - from : layers.get(0).outputs(to - from);
    }

    @Override
    public List<Operation.Branch> operations(List<Layer> inner) {
        return List.of(new Operation.Branch(
                from, to, inner.isEmpty() ? List.of() : inner.get(0).operations()));
    }

    @Override
    public Call call(boolean full) {
        return Branching.call(
                "columns",
                List.of(Branching.setting("from", (double) from, full), Branching.setting("to", (double) to, full)),
                layers,
                full);
    }

    @Override
    public String toString() {
        return call().toString();
    }
}
