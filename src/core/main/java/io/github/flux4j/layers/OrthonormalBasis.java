package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Randomness;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Random orthonormal vectors, by Gram–Schmidt; a BLAS would sum in an order that differs between machines. */
final class OrthonormalBasis {

    private OrthonormalBasis() {}

    /** {@code count} vectors of {@code length ≥ count} elements, uniformly distributed. */
    static double[][] random(int count, int length, RandomGenerator random) {
        double[][] basis = new double[count][length];
        for (int i = 0; i < count; i++) {
            do {
                Arrays.setAll(basis[i], k -> Randomness.gaussian(random));
            } while (!orthonormalise(basis, i));
        }
        return basis;
    }

    /** Returns false if the vector lies in the span of those before it, up to rounding; a Gaussian one practically never does. */
    private static boolean orthonormalise(double[][] basis, int i) {
        double[] vector = basis[i];
        for (int pass = 0;
                pass < 2;
                pass++) { // twice is enough to be orthogonal to working precision (Giraud and others 2005)
            for (int j = 0; j < i; j++) {
                add(-dot(basis[j], vector), basis[j], vector);
            }
        }
        double norm = Math.sqrt(dot(vector, vector));
        for (int k = 0; k < vector.length; k++) {
            vector[k] /= norm;
        }
        return norm > 1e-10;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static void add(double factor, double[] a, double[] to) {
        for (int k = 0; k < a.length; k++) {
            to[k] += factor * a[k];
        }
    }
}
