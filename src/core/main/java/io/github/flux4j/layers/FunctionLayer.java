package io.github.flux4j.layers;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.values.Call;
import java.util.ArrayList;
import java.util.List;

/** A function as a layer: it takes any width and has no numbers, so it is its own structure and a value. */
abstract class FunctionLayer extends Layer implements Structure {

    final NamedFunction function;

    FunctionLayer(NamedFunction function) {
        this.function = function;
    }

    boolean isIdentity() {
        return operations().isEmpty();
    }

    /** These operations, then this function. */
    List<Operation> after(Operation... before) {
        List<Operation> all = new ArrayList<>(List.of(before));
        all.addAll(operations());
        return all;
    }

    @Override
    final List<Operation> operations() {
        return function.operations();
    }

    @Override
    final boolean isStateless() {
        return true;
    }

    @Override
    public final int inputs() {
        return 0;
    }

    @Override
    public final int outputs(int inputs) {
        return inputs;
    }

    @Override
    public final long numbers() {
        return 0;
    }

    @Override
    public final Structure structure() {
        return this;
    }

    @Override
    public final Layer build() {
        return copy(null);
    }

    @Override
    public final Call call() {
        return function.call();
    }

    @Override
    public final String inOneLine() {
        return function.name();
    }

    @Override
    public int hashCode() {
        return inOneLine().hashCode();
    }

    @Override
    public final String toString() {
        return inOneLine();
    }
}
