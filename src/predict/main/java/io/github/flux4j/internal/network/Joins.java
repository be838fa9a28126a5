package io.github.flux4j.internal.network;

import java.util.Set;

/** Rows of branches made one, by the joins that the format has. */
final class Joins {

    static final Set<String> NAMES = Set.of("concat", "sum", "product", "max");

    private Joins() {}

    /** How many numbers a joined row has; −1 if such branches can't be joined. */
    static int outputs(String join, int... branches) {
        long sum = 0;
        boolean areAlike = true;
        for (int width : branches) {
            sum += width;
            areAlike &= width == branches[0];
        }
        return join.equals("concat") ? sum <= Integer.MAX_VALUE ? (int) sum : -1 : areAlike ? branches[0] : -1;
    }

    static double[][] join(String join, double[][][] branches) {
        double[][] joined = branches[0];
        for (int b = 1; b < branches.length; b++) {
            for (int r = 0; r < joined.length; r++) {
                joined[r] = join.equals("concat")
                        ? concat(joined[r], branches[b][r])
                        : elementwise(join, joined[r], branches[b][r]);
            }
        }
        return joined;
    }

    private static double[] concat(double[] one, double[] other) {
        double[] both = new double[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static double[] elementwise(String join, double[] one, double[] other) {
        for (int j = 0; j < one.length; j++) {
            one[j] = switch (join) {
                case "sum" -> one[j] + other[j];
                case "product" -> one[j] * other[j];
                default -> Math.max(one[j], other[j]);
            };
        }
        return one;
    }
}
