package io.github.flux4j.engine;

import java.util.stream.IntStream;

/** Branches side by side. */
final class Concatenation implements Join {

    @Override
    public String word() {
        return "concat";
    }

    @Override
    public int outputs(int... branches) {
        return Math.toIntExact(IntStream.of(branches).asLongStream().sum());
    }

    @Override
    public void forward(double[][] branches, double[] y) {
        int at = 0;
        for (double[] branch : branches) {
            System.arraycopy(branch, 0, y, at, branch.length);
            at += branch.length;
        }
    }

    @Override
    public void backward(double[][] branches, double[] y, double[] dy, double[][] dBranches) {
        int at = 0;
        for (double[] slopes : dBranches) {
            System.arraycopy(dy, at, slopes, 0, slopes.length);
            at += slopes.length;
        }
    }

    @Override
    public String toString() {
        return word();
    }
}
