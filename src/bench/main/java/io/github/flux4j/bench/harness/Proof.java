package io.github.flux4j.bench.harness;

import java.util.Map;

/**
 * What became of a cell before anything was timed.
 *
 * @param failure why there is nothing of it, in a line; else null
 * @param checks by workload
 * @param facts null if it has no ND4J in it
 */
public record Proof(Cell cell, String failure, Map<String, Check> checks, Facts facts) {

    static Proof failed(Cell cell, String reason) {
        return new Proof(cell, reason, Map.of(), null);
    }

    Proof of(Cell owner) {
        return new Proof(owner, failure, checks, facts);
    }

    /** Why this workload is not timed; null if it is. */
    String refusal(String workload) {
        if (failure != null) {
            return failure;
        }
        Check check = checks.get(workload);
        return check == null ? "it gave no result" : check.refusal();
    }
}
