package io.github.flux4j.engine;

/**
 * A differentiable function of one number, applied element by element.
 *
 * <p>Engines give each instance a loop of its own, so that the calls below are inlined (see {@link ScalarLoop}).
 *
 * <p>Called from several threads at once.
 */
public interface ScalarFunction {

    /** f(x); NaN for NaN. */
    double value(double x);

    /**
     * f′(x), given x and y = f(x), of which an implementation uses whichever is cheaper. Where f has a kink, the
     * derivative that Flux's NNlib takes there.
     */
    double derivative(double x, double y);
}
