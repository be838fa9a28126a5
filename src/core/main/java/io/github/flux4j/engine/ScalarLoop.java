package io.github.flux4j.engine;

import java.lang.invoke.MethodHandles;

/**
 * A {@link ScalarFunction} applied to elements {@code from} to {@code to} (exclusive) of arrays, by a loop of its own (see {@link Specialised}). Not
 * thread-safe unless {@link #of} made it.
 */
public interface ScalarLoop {

    /** Computes {@code y[i] = f(x[i])}; x and y may be one array. */
    void values(double[] x, double[] y, int from, int to);

    /** Computes {@code dx[i] = f′(x[i])·dy[i]}; dx and dy may be one array. */
    void derivatives(double[] x, double[] y, double[] dy, double[] dx, int from, int to);

    /** Computes {@code y[i] = f(x[i])}; x and y may be one array. */
    void values(float[] x, float[] y, int from, int to);

    /** Computes {@code dx[i] = f′(x[i])·dy[i]}; dx and dy may be one array. */
    void derivatives(float[] x, float[] y, float[] dy, float[] dx, int from, int to);

    /** Makes a thread-safe loop for this function; keep it, since the JIT starts afresh with each. */
    static ScalarLoop of(ScalarFunction function) {
        return Specialised.copy(MethodHandles.lookup(), Template.class, function, ScalarLoop.class);
    }

    /** The class that is copied; never used itself. */
    final class Template implements ScalarLoop {

        private static final ScalarFunction F = function();

        private static ScalarFunction function() {
            try {
                return MethodHandles.classData(MethodHandles.lookup(), "_", ScalarFunction.class);
            } catch (IllegalAccessException e) {
                throw new LinkageError("no class data", e);
            }
        }

        @Override
        public void values(double[] x, double[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = F.value(x[i]);
            }
        }

        @Override
        public void derivatives(double[] x, double[] y, double[] dy, double[] dx, int from, int to) {
            for (int i = from; i < to; i++) {
                dx[i] = dy[i] * F.derivative(x[i], y[i]);
            }
        }

        @Override
        public void values(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) F.value(x[i]);
            }
        }

        @Override
        public void derivatives(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
            for (int i = from; i < to; i++) {
                dx[i] = dy[i] * (float) F.derivative(x[i], y[i]);
            }
        }
    }
}
