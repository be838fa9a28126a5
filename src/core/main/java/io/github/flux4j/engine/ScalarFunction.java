package io.github.flux4j.engine;

/**
 * A differentiable function of one number, applied element by element. Several threads may call it at once.
 *
 * <p>Engines make each instance a loop of its own, so that the JIT inlines these calls (see {@link ScalarLoop}).
 */
public interface ScalarFunction {

    /** Computes f(x); NaN for NaN. */
    double value(double x);

    /** Computes f′(x) from x and y = f(x); use whichever is cheaper. At a kink of f it returns NNlib's derivative. */
    double derivative(double x, double y);
}
