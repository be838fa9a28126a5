package io.github.flux4j.layers;

import io.github.flux4j.engine.Join;
import io.github.flux4j.engine.Operation;
import java.util.List;
import java.util.stream.IntStream;

/** What layers side by side are but for their numbers: each is given the same rows, and a join makes one of what they give. */
interface Branching extends Structure {

    /** Each side, the one that hands on its rows included. */
    List<? extends Structure> branches();

    Join join();

    /** Throws unless each takes the same rows, and their results can be joined. */
    default void requireFitting() {
        if (branches().isEmpty()) {
            throw new IllegalArgumentException("at least one layer is needed, but there is none");
        }
        for (int i = 0; i < branches().size(); i++) {
            Structure branch = branches().get(i);
            if (inputs() != 0 && !LayerCheck.takes(branch, inputs())) {
                throw new IllegalArgumentException("branch " + (i + 1) + ", " + branch + ", expects "
                        + LayerCheck.expects(branch) + " inputs, but the branches are given " + inputs()
                        + "; all are given the same rows, of which columns(from, to, layer) takes some");
            }
        }
        int width = outputs(Math.max(1, inputs()));
        if (inputs() == 0 && width != 1) {
            throw new IllegalArgumentException(
                    "what is joined by " + join().word()
                            + " must be of known width, but no branch says how many columns it takes; begin one with columns(0, …)");
        }
    }

    /** As one of them says, or else the last column that any of them takes. */
    @Override
    default int inputs() {
        return branches().stream()
                .mapToInt(Structure::inputs)
                .filter(inputs -> inputs != 0)
                .findFirst()
                .orElseGet(() ->
                        branches().stream().mapToInt(Structure::least).max().orElse(0));
    }

    @Override
    default int outputs(int inputs) {
        return join().outputs(branches().stream()
                .mapToInt(branch -> branch.outputs(inputs))
                .toArray());
    }

    @Override
    default long numbers() {
        return LayerWords.numbers(List.copyOf(branches()));
    }

    /** These layers and, beyond their number, hands that give what they get, as one operation. */
    default List<Operation> operations(String name, List<Layer> layers) {
        List<Operation.Branch> all = IntStream.range(0, branches().size())
                .mapToObj(i -> new Operation.Branch(
                        0, 0, i < layers.size() ? layers.get(i).operations() : List.of()))
                .toList();
        return List.of(new Operation.Branches(name, all, join()));
    }
}
