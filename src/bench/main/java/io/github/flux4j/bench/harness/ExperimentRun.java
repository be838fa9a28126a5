package io.github.flux4j.bench.harness;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was asked, where, of which sources and with what.
 *
 * @param id by which its lines in the journal are known
 * @param standard each axis's value where a cell names none
 */
public record ExperimentRun(
        int id, String date, Machine machine, String java, Map<String, String> standard, ExperimentPlan plan) {

    public static ExperimentRun now(ExperimentPlan plan) throws IOException {
        Map<String, String> standard = new TreeMap<>();
        Arrays.stream(CellAxis.values()).forEach(axis -> standard.put(axis.key(), axis.standard()));
        return new ExperimentRun(
                0,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Machine.here(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                standard,
                plan);
    }

    ExperimentRun withId(int other) {
        return new ExperimentRun(other, date, machine, java, standard, plan);
    }

    ExperimentRun known() {
        return new ExperimentRun(id, date, machine, java, standard, plan.known());
    }

    /** Whether results of both belong together. Questions and rounds may be added or left out. */
    boolean isSameAs(ExperimentRun other) {
        return machine.equals(other.machine)
                && java.equals(other.java)
                && standard.equals(other.standard)
                && plan.name().equals(other.plan.name())
                && plan.warmupMillis() == other.plan.warmupMillis()
                && plan.measureMillis() == other.plan.measureMillis();
    }
}
