package io.github.flux4j.internal.line;

import java.util.Arrays;

/** Minimises a smooth convex function: L-BFGS (Liu and Nocedal 1989) with steps that are halved until the function falls enough (Armijo 1966). */
final class Minimiser {

    private static final int MEMORY = 10;
    private static final int HALVINGS = 30;
    private static final double ENOUGH = 1e-4;

    /** A function of numbers. */
    interface Objective {

        /** Its value, and its gradient. */
        double at(double[] x, double[] gradient);
    }

    private final Objective objective;
    private final double[][] steps = new double[MEMORY][];
    private final double[][] changes = new double[MEMORY][];
    private int known;

    private Minimiser(Objective objective) {
        this.objective = objective;
    }

    /** Moves x to the minimum, until no gradient is larger than the tolerance, or for so many iterations. */
    static void minimise(Objective objective, double[] x, int most, double tolerance) {
        new Minimiser(objective).run(x, most, tolerance);
    }

    private void run(double[] x, int most, double tolerance) {
        double[] gradient = new double[x.length];
        double[] next = new double[x.length];
        double[] slope = new double[x.length];
        double value = objective.at(x, gradient);
        for (int i = 0; i < most && largest(gradient) > tolerance; i++) {
            double[] direction = direction(gradient);
            double fall = product(direction, gradient);
            double length = known == 0 ? Math.min(1, 1 / largest(gradient)) : 1;
            double found = Double.NaN;
            for (int halving = 0; halving < HALVINGS && !(found <= value - ENOUGH * length * fall); halving++) {
                length /= halving == 0 ? 1 : 2;
                for (int j = 0; j < x.length; j++) {
                    next[j] = x[j] - length * direction[j];
                }
                found = objective.at(next, slope);
            }
            if (!(found < value)) {
                return; // as exact as rounding allows
            }
            remember(x, next, gradient, slope);
            value = found;
            System.arraycopy(next, 0, x, 0, x.length);
            System.arraycopy(slope, 0, gradient, 0, x.length);
        }
    }

    private void remember(double[] x, double[] next, double[] gradient, double... slope) {
        double[] step = new double[x.length];
        double[] change = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            step[j] = next[j] - x[j];
            change[j] = slope[j] - gradient[j];
        }
        if (product(step, change) > 0) {
            steps[known % MEMORY] = step;
            changes[known % MEMORY] = change;
            known++;
        }
    }

    /** The gradient times the inverse of the curvature, as far as it is known: two loops over the last steps. */
    private double[] direction(double... gradient) {
        double[] direction = gradient.clone();
        int first = Math.max(0, known - MEMORY);
        double[] shares = new double[MEMORY];
        for (int i = known - 1; i >= first; i--) {
            double[] step = steps[i % MEMORY];
            double[] change = changes[i % MEMORY];
            shares[i % MEMORY] = product(step, direction) / product(step, change);
            add(change, -shares[i % MEMORY], direction);
        }
        if (known > 0) {
            double[] change = changes[(known - 1) % MEMORY];
            double scale = product(steps[(known - 1) % MEMORY], change) / product(change, change);
            Arrays.setAll(direction, j -> direction[j] * scale);
        }
        for (int i = first; i < known; i++) {
            double[] step = steps[i % MEMORY];
            double[] change = changes[i % MEMORY];
            add(step, shares[i % MEMORY] - product(change, direction) / product(step, change), direction);
        }
        return direction;
    }

    private static void add(double[] what, double times, double... into) {
        for (int j = 0; j < into.length; j++) {
            into[j] += times * what[j];
        }
    }

    private static double product(double[] one, double... other) {
        double sum = 0;
        for (int j = 0; j < one.length; j++) {
            sum += one[j] * other[j];
        }
        return sum;
    }

    private static double largest(double... values) {
        double most = 0;
        for (double value : values) {
            most = Math.max(most, Math.abs(value));
        }
        return most;
    }
}
