package io.github.flux4j.bench.backends;

import java.util.Map;

/**
 * What became of a cell before anything was timed.
 *
 * @param failure why there is nothing of it, in a line; else null
 * @param verdicts by workload
 */
record Proof(Cell cell, String failure, Map<String, Verdict> verdicts, Facts facts) {

    static Proof failed(Cell cell, String reason) {
        return new Proof(cell, reason, Map.of(), null);
    }

    Proof of(Cell owner) {
        return new Proof(owner, failure, verdicts, facts);
    }

    /** Why this workload is not timed; null if it is. */
    String refusal(String workload) {
        if (failure != null) {
            return failure;
        }
        Verdict verdict = verdicts.get(workload);
        return verdict == null ? "it gave no result" : verdict.refusal();
    }
}
