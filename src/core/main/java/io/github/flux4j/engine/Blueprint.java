package io.github.flux4j.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What an engine receives: a model's operations and parameters.
 *
 * @param name the model in one line, for messages
 * @param parameters all parameters of the operations, one after another, of rank 1 and dense; shared, never copied; null for a model without any
 * @param dataType FLOAT or DOUBLE, for parameters, activations and gradients
 */
public record Blueprint(
        String name, List<Operation> operations, @Nullable INDArray parameters, DataType dataType) {

    public Blueprint {
        operations = List.copyOf(operations);
    }

    /**
     * Returns why an engine that knows only these kinds of operations can't run the model: it names the first of another kind, also within another operation.
     *
     * @return empty if there is none
     */
    public Optional<String> refusal(Set<Class<? extends Operation>> known) {
        for (int i = 0; i < operations.size(); i++) {
            Optional<Operation> unknown = unknown(operations.get(i), known);
            if (unknown.isPresent()) {
                boolean isInner = unknown.get() != operations.get(i);
                return Optional.of("it doesn't know " + unknown.get() + ", " + (isInner ? "part of " : "")
                        + "operation " + (i + 1) + " of the model");
            }
        }
        return Optional.empty();
    }

    private static Optional<Operation> unknown(Operation operation, Set<Class<? extends Operation>> known) {
        return known.contains(operation.getClass())
                ? operation.inner().stream()
                        .flatMap(inner -> unknown(inner, known).stream())
                        .findFirst()
                : Optional.of(operation);
    }
}
