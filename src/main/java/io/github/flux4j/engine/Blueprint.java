package io.github.flux4j.engine;

import java.util.List;
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
}
