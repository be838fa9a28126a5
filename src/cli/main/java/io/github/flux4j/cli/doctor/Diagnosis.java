package io.github.flux4j.cli.doctor;

import io.github.flux4j.backend.Backend.NativeLibraries;
import io.github.flux4j.backend.Environment;
import io.github.flux4j.internal.threads.Load;
import java.util.List;

/** What {@code --json} prints. */
record Diagnosis(Facts facts, List<Check> checks, List<Advice> advice) {

    /**
     * What advice is drawn from.
     *
     * @param load before this was asked, and meanwhile
     * @param libraries null if they couldn't be loaded
     * @param speed null if it wasn't measured
     */
    record Facts(Environment environment, Load load, NativeLibraries libraries, Speed speed) {}

    static Diagnosis of(Environment environment, Load load, Findings findings) {
        Facts facts = new Facts(environment, load, findings.libraries(), findings.speed());
        return new Diagnosis(facts, findings.checks(), AdviceRules.all(facts));
    }

    boolean healthy() {
        return checks.stream().allMatch(Check::ok);
    }
}
