package io.github.flux4j.bench.harness;

import io.github.flux4j.backend.Load;
import io.github.flux4j.bench.workload.Measured;

/**
 * What became of one process.
 *
 * @param question for which it ran
 * @param measured null if it failed
 * @param load before it, and while it ran
 * @param failure why nothing was measured, else null
 */
public record Sample(
        String question, Cell cell, String workload, int round, Measured measured, Load load, String failure) {

    boolean isOf(String otherQuestion, Cell otherCell, String otherWorkload) {
        return question.equals(otherQuestion) && cell.equals(otherCell) && workload.equals(otherWorkload);
    }
}
