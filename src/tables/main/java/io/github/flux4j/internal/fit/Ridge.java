package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.table.Folds.RowSplit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Ridge regression in closed form, {@code w = (XᵀX + λnD)⁻¹Xᵀy}, D being 1 but for the constant: the yardstick of regressors (Hoerl and Kennard
 * 1970). λ is that of seven from 10⁻⁴ to 10² with the least squared error on rows left out, so the yardstick's error is slightly flattered.
 */
final class Ridge {

    private static final int TRIED = 7;
    private static final double LEAST = 1e-4;

    /** Multiplications beyond which it is not made. */
    private static final double MOST_WORK = 3e9;

    private final Examples examples;
    private final int[] columns;
    private final int size;

    /** On these columns of prepared rows, and a constant. */
    Ridge(Examples examples, int... columns) {
        this.examples = examples;
        this.columns = columns;
        this.size = columns.length + 1;
    }

    /** Whether it would take longer than a yardstick may. */
    boolean isTooLarge(int parts) {
        return work(parts) > MOST_WORK;
    }

    /** Multiplications, for so many parts that are left out in turn. */
    double work(int parts) {
        double cubes = (double) size * size * size / 3 * parts * TRIED;
        return (double) examples.count() * size * size + cubes;
    }

    /** Sums over rows: XᵀX and Xᵀy. */
    private final class Sums {

        final double[][] gram = new double[size][size];
        final double[][] moments = new double[size][examples.outputs()];
        int count;

        void add(int row) {
            double[] x = row(examples, row);
            double weight = examples.weights() == null ? 1 : examples.weights()[row];
            for (int i = 0; i < size; i++) {
                double wx = weight * x[i];
                for (int j = 0; j <= i; j++) {
                    gram[i][j] += wx * x[j];
                }
                for (int k = 0; k < examples.outputs(); k++) {
                    moments[i][k] += wx * examples.targets()[row * examples.outputs() + k];
                }
            }
            count++;
        }

        Sums minus(Sums part) {
            Sums rest = new Sums();
            for (int i = 0; i < size; i++) {
                for (int j = 0; j <= i; j++) {
                    rest.gram[i][j] = gram[i][j] - part.gram[i][j];
                }
                for (int k = 0; k < examples.outputs(); k++) {
                    rest.moments[i][k] = moments[i][k] - part.moments[i][k];
                }
            }
            rest.count = count - part.count;
            return rest;
        }

        /** The weights; NaN where rounding left the matrix without a solution. */
        double[][] solved(double lambda) {
            RealMatrix a = new Array2DRowRealMatrix(size, size);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j <= i; j++) {
                    double penalty = i == j && i < size - 1 ? lambda * count : 0;
                    a.setEntry(i, j, gram[i][j] + penalty);
                    a.setEntry(j, i, gram[i][j] + penalty);
                }
            }
            try {
                RealMatrix b = new Array2DRowRealMatrix(moments, false);
                return new CholeskyDecomposition(a, 0, 0).getSolver().solve(b).getData();
            } catch (NonPositiveDefiniteMatrixException singular) {
                return notANumber();
            }
        }

        private double[][] notANumber() {
            double[][] all = new double[size][examples.outputs()];
            Arrays.stream(all).forEach(row -> Arrays.fill(row, Double.NaN));
            return all;
        }
    }

    private double[] row(Examples source, int row) {
        double[] x = new double[size];
        for (int j = 0; j < columns.length; j++) {
            x[j] = source.features()[row * source.inputs() + columns[j]];
        }
        x[size - 1] = 1;
        return x;
    }

    private Sums sums(int... rows) {
        Sums sums = new Sums();
        for (int row : rows) {
            sums.add(row);
        }
        return sums;
    }

    /** Predictions for the rows held out of each split, made of those to train on; split after split. */
    double[] leftOut(List<RowSplit> splits) {
        Sums[] rests = trained(sums(examples.rows()), splits);
        int[][] parts = tests(splits);
        return predictions(examples, rests, best(examples, rests, parts), parts);
    }

    private Sums[] trained(Sums all, List<RowSplit> splits) {
        return splits.stream()
                .map(split -> all.minus(sums(others(split.train()))))
                .toArray(Sums[]::new);
    }

    /** The rows that aren't among these, which ascend. */
    private int[] others(int... rows) {
        return IntStream.range(0, examples.count())
                .filter(row -> Arrays.binarySearch(rows, row) < 0)
                .toArray();
    }

    private static int[][] tests(List<RowSplit> splits) {
        return splits.stream().map(RowSplit::test).toArray(int[][]::new);
    }

    /** Predictions for other rows, made of all, by the λ that is best for these. */
    double[] of(Examples others) {
        Sums[] all = {sums(examples.rows())};
        return predictions(others, all, best(others, all, others.rows()), others.rows());
    }

    /** Predictions for other rows, made of all, by the λ that is best for what splits hold out. */
    double[] of(Examples others, List<RowSplit> splits) {
        Sums all = sums(examples.rows());
        double lambda = best(examples, trained(all, splits), tests(splits));
        return predictions(others, new Sums[] {all}, lambda, others.rows());
    }

    private double best(Examples source, Sums[] rests, int[]... parts) {
        double best = LEAST;
        double least = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < TRIED; trial++) {
            double lambda = LEAST * Math.pow(10, trial);
            double error = error(source, predictions(source, rests, lambda, parts), parts);
            if (error < least) {
                least = error;
                best = lambda;
            }
        }
        return best;
    }

    private double[] predictions(Examples source, Sums[] rests, double lambda, int[]... parts) {
        double[] predictions =
                new double[Arrays.stream(parts).mapToInt(part -> part.length).sum() * source.outputs()];
        int at = 0;
        for (int p = 0; p < parts.length; p++) {
            double[][] w = rests[p].solved(lambda);
            for (int row : parts[p]) {
                double[] x = row(source, row);
                for (int k = 0; k < source.outputs(); k++) {
                    predictions[at++] = product(x, w, k);
                }
            }
        }
        return predictions;
    }

    private static double product(double[] x, double[][] w, int k) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * w[i][k];
        }
        return sum;
    }

    private static double error(Examples source, double[] predictions, int[]... parts) {
        double error = 0;
        int at = 0;
        for (int[] part : parts) {
            for (int row : part) {
                for (int k = 0; k < source.outputs(); k++) {
                    double off = predictions[at++] - source.targets()[row * source.outputs() + k];
                    error += off * off;
                }
            }
        }
        return error;
    }
}
