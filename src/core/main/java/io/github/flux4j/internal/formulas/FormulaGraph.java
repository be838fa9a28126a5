package io.github.flux4j.internal.formulas;

import io.github.flux4j.internal.arrays.Tensors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.autodiff.samediff.internal.memory.AbstractMemoryMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/** A SameDiff graph: inputs of fixed shapes, results computed from them, and derivatives. Building one costs more than running it. Not thread-safe. */
public final class FormulaGraph {

    /** Runs after which SameDiff's session is replaced, which remembers every array that it has freed. */
    private static final int RUNS = 1000;

    private final SameDiff graph = SameDiff.create();
    private InferenceSession session;
    private int runs;

    /** Declares an input, which each run needs. */
    public SDVariable input(String name, DataType type, long... shape) {
        return graph.placeHolder(name, type, shape);
    }

    /** Whether operations on floating-point numbers lead from one of these inputs to the result. */
    public boolean dependsOn(SDVariable result, Collection<String> inputs) {
        return dependent(graph.ops(), inputs).contains(result.name());
    }

    /**
     * Adds the derivatives of a result by inputs, backward through SameDiff's operations. SameDiff's createGradFunction does the same, but prints a line for
     * each operation to the standard output.
     *
     * @param slopes the gradient by the result, in its shape; null for ones
     */
    public void differentiate(SDVariable result, @Nullable SDVariable slopes, Collection<String> inputs) {
        DifferentialFunction[] operations = graph.ops(); // an operation's inputs come before it
        Set<String> dependent = dependent(operations, inputs);
        graph.setGradientForVariableName(result.name(), slopes == null ? graph.onesLike(result) : slopes);
        for (int i = operations.length - 1; i >= 0; i--) {
            List<SDVariable> outputs = List.of(graph.getOutputVariablesForOp(operations[i]));
            if (outputs.stream().anyMatch(output -> dependent.contains(output.name()) && output.hasGradient())) {
                operations[i].diff(gradients(outputs));
            }
        }
        session = null;
    }

    private Set<String> dependent(DifferentialFunction[] operations, Collection<String> inputs) {
        Set<String> dependent = new HashSet<>(inputs);
        for (DifferentialFunction operation : operations) {
            if (Stream.of(operation.argNames()).anyMatch(dependent::contains)) {
                Stream.of(graph.getOutputVariablesForOp(operation))
                        .filter(output -> output.dataType().isFPType())
                        .forEach(output -> dependent.add(output.name()));
            }
        }
        return dependent;
    }

    /** Null for integers, zeros for outputs that the result doesn't depend on. */
    private List<SDVariable> gradients(List<SDVariable> outputs) {
        List<SDVariable> gradients = new ArrayList<>();
        for (SDVariable output : outputs) {
            boolean isNumber = output.dataType().isFPType();
            SDVariable gradient = isNumber ? output.gradient() : null;
            gradients.add(isNumber && gradient == null ? graph.zerosLike(output) : gradient);
        }
        return gradients;
    }

    /** The name of the derivative by an input; null if the result doesn't depend on it. */
    public @Nullable String gradient(SDVariable input) {
        return input.hasGradient() ? input.gradient().name() : null;
    }

    /** Computes results by name, in a session of its own: SameDiff would keep one for each thread that ever asked. */
    public Map<String, INDArray> run(Map<String, INDArray> inputs, List<String> results) {
        if (session == null || runs++ % RUNS == 0) {
            session = new InferenceSession(graph);
            session.setMmgr(new RowMajorMemory());
        }
        return session.output(results, inputs, null, List.of(), List.of(), At.defaultAt(Operation.INFERENCE));
    }

    /**
     * Memory of a SameDiff session, freed at once. SameDiff reuses arrays in another order of elements than they have if ND4J's new arrays are column-major
     * ({@code -Dndarray.order=f}), and the numbers are wrong then.
     */
    private static final class RowMajorMemory extends AbstractMemoryMgr {

        @Override
        public INDArray allocate(boolean detached, DataType type, long... shape) {
            return Tensors.uninitialised(type, shape);
        }

        @Override
        public INDArray allocate(boolean detached, LongShapeDescriptor array) {
            return array.isEmpty() ? Nd4j.create(array) : Tensors.uninitialised(array.dataType(), array.getShape());
        }

        @Override
        public void release(INDArray array) {
            if (array.closeable()) {
                array.close();
            }
        }

        @Override
        public void close() {}
    }
}
