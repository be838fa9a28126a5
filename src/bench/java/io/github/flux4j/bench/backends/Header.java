package io.github.flux4j.bench.backends;

import io.github.flux4j.bench.report.Machine;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was asked, where and with what.
 *
 * @param standard each axis's value where a cell names none
 */
record Header(String date, Machine machine, String java, Map<String, String> standard, Plan plan) {

    static Header now(Plan plan) throws IOException {
        Map<String, String> standard = new TreeMap<>();
        Arrays.stream(Axis.values()).forEach(axis -> standard.put(axis.key(), axis.standard()));
        return new Header(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Machine.here(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                standard,
                plan);
    }

    /** Whether results of both belong together. Questions and rounds may be added or left out. */
    boolean isSameAs(Header other) {
        return machine.equals(other.machine)
                && java.equals(other.java)
                && standard.equals(other.standard)
                && plan.name().equals(other.plan.name())
                && plan.warmupMillis() == other.plan.warmupMillis()
                && plan.measureMillis() == other.plan.measureMillis();
    }
}
