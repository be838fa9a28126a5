package io.github.flux4j.bench.harness;

import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.workload.ReadyWorkload;
import io.github.flux4j.bench.workload.Workload;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Whether a workload's numbers are right in a cell.
 *
 * @param errors after so many runs, {@link Workload#error}
 * @param about what the contender says of itself
 * @param refusal why it is not timed, else null
 */
public record Agreement(Map<Integer, Double> errors, String about, String refusal) {

    static Agreement refused(String reason) {
        return new Agreement(Map.of(), null, reason);
    }

    /** Lets a new job run as often as there are numbers for, and compares. */
    static Agreement of(
            Workload workload,
            Contenders contender,
            DataType type,
            Supplier<ReadyWorkload> start,
            Map<Integer, double[]> expected) {
        if (contender == Contenders.NULL) {
            return new Agreement(Map.of(), null, null);
        }
        try (ReadyWorkload job = start.get()) {
            return of(workload, type, job, expected);
        } catch (UnsupportedOperationException | IllegalStateException unavailable) {
            return refused(unavailable.getMessage());
        } catch (RuntimeException | LinkageError failure) {
            return refused(failure.toString());
        }
    }

    /** Lets a job, whatever it has done before, begin again, and compares. */
    private static Agreement of(Workload workload, DataType type, ReadyWorkload job, Map<Integer, double[]> expected) {
        Map<Integer, Double> errors = new TreeMap<>();
        String refusal = null;
        job.restart();
        for (Map.Entry<Integer, double[]> entry : new TreeMap<>(expected).entrySet()) {
            int runs = entry.getKey();
            double error = workload.error(runs, job.numbers(runs), entry.getValue());
            double tolerance = workload.tolerance(runs, type);
            errors.put(runs, error);
            refusal = refusal != null || error <= tolerance ? refusal : reason(runs, error, tolerance);
        }
        return new Agreement(errors, job.about(), refusal);
    }

    private static String reason(int runs, double error, double tolerance) {
        String what = runs <= 0 ? "its predictions are" : "after " + runs + (runs == 1 ? " run" : " runs") + " it is";
        return String.format(
                Locale.ROOT, "%s wrong by %.2g, more than rounding explains (%.0e)", what, error, tolerance);
    }
}
