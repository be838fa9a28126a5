package io.github.flux4j.spark;

import java.util.List;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * What a step costs without its work: T(N, S) = a + b·N + c·(2 + 2·√N)·S seconds for stages, N tasks, broadcast and a tree of depth 2, with S the bytes
 * of the parameters.
 *
 * @param errors 1 − T/measured of each time that it was made of
 */
record CostModel(double a, double b, double c, double... errors) {

    /** By least squares of the relative error. */
    static CostModel of(List<CostTimes> cluster) {
        OLSMultipleLinearRegression fit = new OLSMultipleLinearRegression();
        fit.setNoIntercept(true);
        fit.newSampleData(
                cluster.stream().mapToDouble(times -> 1).toArray(),
                cluster.stream().map(CostModel::terms).toArray(double[][]::new));
        double[] abc = fit.estimateRegressionParameters();
        return new CostModel(abc[0], abc[1], abc[2], fit.estimateResiduals());
    }

    private static double[] terms(CostTimes times) {
        double measured = times.overhead();
        return new double[] {
            1 / measured, times.partitions() / measured, bytes(times.partitions(), times.parameters()) / measured
        };
    }

    private static double bytes(double workers, int parameters) {
        return (2 + 2 * Math.sqrt(workers)) * Float.BYTES * parameters;
    }

    double seconds(int workers, int parameters) {
        return a + b * workers + c * bytes(workers, parameters);
    }
}
