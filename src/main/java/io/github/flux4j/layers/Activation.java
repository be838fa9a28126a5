package io.github.flux4j.layers;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.ScalarFunction;
import io.github.flux4j.engine.ScalarLoop;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A function applied element by element: after a {@link Dense}'s sum, or as a layer of its own. Values of NNlib's functions of the same
 * names. One of your own:
 *
 * <pre>{@code
 * Activation cube = Activation.of("cube", x -> x * x * x, (x, y) -> 3 * x * x);
 * }</pre>
 */
public final class Activation extends Layer {

    private static final Set<String> BUILT_IN = new HashSet<>();

    /** x. */
    public static final Activation IDENTITY = builtIn("identity", x -> x, (x, y) -> 1);

    /** max(0, x); derivative 0 at 0. */
    public static final Activation RELU = builtIn("relu", x -> x < 0 ? 0 : x, (x, y) -> x > 0 ? 1 : x * 0);

    /** tanh x. */
    public static final Activation TANH = builtIn("tanh", Math::tanh, (x, y) -> 1 - y * y);

    /** 1/(1 + e⁻ˣ). */
    public static final Activation SIGMOID = builtIn("sigmoid", x -> 1 / (1 + Math.exp(-x)), (x, y) -> y * (1 - y));

    private final String name;
    private final ScalarFunction function;
    private final List<Operation> operations;

    private Activation(String name, ScalarFunction function) {
        this.name = name;
        this.function = function;
        this.operations =
                name.equals("identity") ? List.of() : List.of(new Operation.Pointwise(name, ScalarLoop.of(function)));
    }

    private static Activation builtIn(String name, DoubleUnaryOperator value, DoubleBinaryOperator derivative) {
        BUILT_IN.add(name);
        return new Activation(name, new Functions(value, derivative));
    }

    /**
     * An activation of your own.
     *
     * @param name what it is printed as
     * @param value f(x)
     * @param derivative f′(x) from x and y = f(x); use whichever is cheaper
     * @throws IllegalArgumentException if the name is that of one of the library's
     */
    public static Activation of(String name, DoubleUnaryOperator value, DoubleBinaryOperator derivative) {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(value, "value is null");
        Objects.requireNonNull(derivative, "derivative is null");
        if (BUILT_IN.contains(name)) {
            throw new IllegalArgumentException(
                    "there is an activation named " + name + " in the library; choose another name");
        }
        return new Activation(name, new Functions(value, derivative));
    }

    /** A record, since the JIT trusts a record's fields to stay as they are and so inlines the two functions. */
    private record Functions(DoubleUnaryOperator value, DoubleBinaryOperator derivative) implements ScalarFunction {
        @Override
        public double value(double x) {
            return value.applyAsDouble(x);
        }

        @Override
        public double derivative(double x, double y) {
            return derivative.applyAsDouble(x, y);
        }
    }

    /** f(x). */
    public double value(double x) {
        return function.value(x);
    }

    /** f′(x). */
    public double derivative(double x) {
        return function.derivative(x, function.value(x));
    }

    boolean isIdentity() {
        return this == IDENTITY;
    }

    @Override
    List<Operation> operations() {
        return operations;
    }

    @Override
    boolean isStateless() {
        return true;
    }

    @Override
    Activation copy(DataType type) {
        return this;
    }

    @Override
    String describe() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
