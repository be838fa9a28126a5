package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.contender.Entrant;
import io.github.flux4j.bench.contender.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A row of the results: what one contender took for one problem. Fields that don't apply are null.
 *
 * @param medianNanos the median over the processes
 * @param forkNanos each process's own median, in the order of the rounds
 * @param examplesPerSecond of training steps and predictions
 * @param gflops 10⁹ multiplications and additions a second, counting the products alone
 * @param sgemmShare {@code gflops} over those of OpenBLAS's product in the same run, if that was timed
 * @param heapBytesPerStep allocated on the heap
 * @param nativeBytesPerStep by which the process grew, outside of the heap
 * @param drift the time of late steps over that of early ones
 * @param residentBytes the most memory the process had
 * @param agreement {@link Agreement#errors}
 */
record Measurement(
        String problem,
        String contender,
        double medianNanos,
        double minNanos,
        double maxNanos,
        List<Double> forkNanos,
        Double examplesPerSecond,
        Double gflops,
        Double sgemmShare,
        Double heapBytesPerStep,
        Double nativeBytesPerStep,
        Double drift,
        Double residentBytes,
        Map<Integer, Double> agreement) {

    static Measurement of(Cell cell, List<Fork> forks, double sgemmGflops, Map<Integer, Double> agreement) {
        Problem problem = Problems.named(cell.problem());
        boolean steps = problem.task() == Problem.Task.TRAINING || problem.task() == Problem.Task.PREDICTION;
        boolean works = steps && cell.entrant() != Entrant.NULL;
        double[] nanos = forks.stream().mapToDouble(Fork::nanos).toArray();
        double median = median(nanos);
        double gflops = problem.flopPerStep() / median;
        return new Measurement(
                cell.problem(),
                cell.contender(),
                median,
                Arrays.stream(nanos).min().orElseThrow(),
                Arrays.stream(nanos).max().orElseThrow(),
                Arrays.stream(nanos).boxed().toList(),
                works ? problem.batchSize() / median * 1e9 : null,
                works ? gflops : null,
                works && sgemmGflops > 0 ? gflops / sgemmGflops : null,
                median(forks, Fork::heapBytes),
                median(forks, Fork::nativeBytes),
                median(forks, Fork::drift),
                median(forks, Fork::residentBytes),
                agreement);
    }

    /** Null if it wasn't asked for. */
    private static Double median(List<Fork> forks, ToDoubleFunction<Fork> number) {
        double median = median(forks.stream().mapToDouble(number).toArray());
        return Double.isNaN(median) ? null : median;
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
