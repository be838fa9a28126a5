package io.github.flux4j.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What an engine is given: a model's operations and its parameters.
 *
 * @param name the model in one line, for messages
 * @param parameters every parameter of the operations, one after another, rank 1 and dense; shared, never copied. Null for a
 *     model without parameters
 * @param dataType FLOAT or DOUBLE, for parameters, activations and gradients
 */
public record Blueprint(String name, List<Operation> operations, INDArray parameters, DataType dataType) {

    public Blueprint {
        operations = List.copyOf(operations);
    }

    /**
     * Why an engine can't run the model that knows these kinds of operations alone: it names the first that is of another kind, also where that
     * is part of another operation.
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
