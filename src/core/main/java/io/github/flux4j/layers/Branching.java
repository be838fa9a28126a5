package io.github.flux4j.layers;

import io.github.flux4j.engine.Join;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.internal.values.Vocabulary;
import io.github.flux4j.values.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/** The structure of parallel layers: each takes the same rows, and a join combines their outputs. */
interface Branching extends Structure {

    /** Every join by its name in text. */
    Vocabulary<Join> JOINS = new Vocabulary<>(Join.class, "a join")
            .value("concat", Join.CONCAT)
            .value("sum", Join.SUM)
            .value("product", Join.PRODUCT)
            .value("max", Join.MAX);

    /** Joins as Flux prints them. */
    Map<String, String> IN_JULIA = Map.of("concat", "vcat", "sum", "+", "product", "*");

    /** Its name in Flux's print. */
    String word();

    /** What precedes its layers in print, or null; a join comes after its only layer. */
    default String setting() {
        return IN_JULIA.getOrDefault(join().word(), join().word());
    }

    List<Structure> layers();

    /** Each branch, including one that passes its rows on. */
    default List<Structure> branches() {
        return layers();
    }

    Join join();

    /** The text, with all settings for a file. */
    Call call(boolean full);

    @Override
    default Call call() {
        return call(false);
    }

    @Override
    default Call fullCall() {
        return call(true);
    }

    /** A call with these settings, then layers. */
    static Call call(String name, List<Call.Argument> settings, List<Structure> layers, boolean full) {
        Stream<Call.Argument> inner =
                layers.stream().map(layer -> new Call.Argument(null, full ? layer.fullCall() : layer.call()));
        return new Call(name, Stream.concat(settings.stream(), inner).toList());
    }

    /** A setting of a call, named only in files. */
    static Call.Argument setting(String name, Object value, boolean full) {
        return new Call.Argument(full ? name : null, value instanceof Join join ? Call.of(join.word()) : value);
    }

    /** Makes a new layer with new layers. */
    @Override
    default Layer build() {
        ParameterMemory.requireRoom(word(), numbers(), DataType.FLOAT);
        return new Branched(this, layers().stream().map(Structure::build).toList());
    }

    /** The inputs that one of them requires, or else the last column that any of them takes. */
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
        return LayerWords.numbers(layers());
    }

    /** These layers' operations as branches, plus one that passes its input on if there are more branches than layers. */
    default List<Operation.Branch> operations(List<Layer> layers) {
        List<Operation.Branch> all = new ArrayList<>();
        for (int i = 0; i < branches().size(); i++) {
            all.add(new Operation.Branch(0, 0, i < layers.size() ? layers.get(i).operations() : List.of()));
        }
        return all;
    }

    /** Throws unless each branch takes the same rows, and their outputs can be joined. */
    default void requireFitting() {
        Call.of(join().word());
        if (JOINS.names().contains(join().word()) && join() != JOINS.read(join().word())) {
            throw new IllegalArgumentException(
                    "there is a join named " + join().word() + " in the library; choose another name");
        }
        if (branches().isEmpty()) {
            throw new IllegalArgumentException("pass at least one layer");
        }
        for (int i = 0; i < branches().size(); i++) {
            Structure branch = branches().get(i);
            if (inputs() != 0 && !LayerCheck.takes(branch, inputs())) {
                throw new IllegalArgumentException("branch " + (i + 1) + ", " + branch + ", expects "
                        + LayerCheck.expects(branch) + " inputs, but the branches receive " + inputs()
                        + "; all receive the same rows, of which columns(from, to, layer) selects some columns");
            }
        }
        if (outputs(Math.max(1, inputs())) != 1 && inputs() == 0) {
            throw new IllegalArgumentException(
                    "the branches of " + join().word()
                            + " must have a known width, but none says how many columns it takes; begin one with columns(0, …)");
        }
    }
}
