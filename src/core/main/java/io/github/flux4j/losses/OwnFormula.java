package io.github.flux4j.losses;

import io.github.flux4j.engine.LossInput;
import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleBiFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A user's loss, from its value and gradient on arrays. */
final class OwnFormula implements LossFormula {

    private final String name;
    private final ToDoubleBiFunction<INDArray, INDArray> value;
    private final BinaryOperator<INDArray> gradient;

    OwnFormula(String name, ToDoubleBiFunction<INDArray, INDArray> value, BinaryOperator<INDArray> gradient) {
        this.name = name;
        this.value = Objects.requireNonNull(value, "value is null");
        this.gradient = Objects.requireNonNull(gradient, "gradient is null");
    }

    /** A loss that SameDiff differentiates. */
    static OwnFormula of(String name, LossFunction.Expression expression) {
        ExpressionGraphs graphs = new ExpressionGraphs(name, Objects.requireNonNull(expression, "expression is null"));
        return new OwnFormula(name, graphs::value, graphs::gradient);
    }

    @Override
    public double terms(int rows, int columns) {
        return 1;
    }

    @Override
    public String whole() {
        return "aggregates within its own formula; write the sum there";
    }

    @Override
    @SuppressWarnings("try") // the scope is entered, not used
    public double sum(LossInput batch, double scale, double[] result) {
        if (batch.weights() != null) {
            throw new UnsupportedOperationException(
                    name + " is a loss of your own, which takes no weights; include them in its formula");
        }
        // an engine may be inside one of DL4J's workspaces, whose memory is used again under a result that is kept
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray predictions = array(batch, batch.predictions());
            INDArray targets = array(batch, batch.targets());
            if (result != null) {
                write(gradient.apply(predictions, targets), predictions, result);
            }
            return value.applyAsDouble(predictions, targets);
        }
    }

    private void write(INDArray gradient, INDArray predictions, double[] result) {
        String what = "the gradient of " + name;
        if (gradient == null || !Arrays.equals(gradient.shape(), predictions.shape())) {
            throw new IllegalArgumentException(what + " must have the predictions' shape "
                    + Tensors.shape(predictions) + ", but "
                    + (gradient == null ? "is null" : "has " + Tensors.shape(gradient)));
        }
        Lifetime.require(gradient, what);
        Tensors.requireNumbers(gradient, what);
        System.arraycopy(Tensors.toDoubles(gradient), 0, result, 0, (int) gradient.length());
    }

    private static INDArray array(LossInput batch, double[] elements) {
        DataType type = batch.epsilon() == Math.ulp(1.0) ? DataType.DOUBLE : DataType.FLOAT;
        int length = batch.rows() * batch.columns();
        return Tensors.of(type, Arrays.copyOf(elements, length), batch.rows(), batch.columns());
    }
}
