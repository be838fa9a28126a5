package io.github.flux4j.bench.report;

import io.github.flux4j.backend.Load;
import io.github.flux4j.bench.SampleResults;
import io.github.flux4j.bench.harness.Axis;
import io.github.flux4j.bench.harness.Cell;
import io.github.flux4j.bench.harness.Check;
import io.github.flux4j.bench.harness.Plan;
import io.github.flux4j.bench.harness.Proof;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Question.Variation;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.harness.Run;
import io.github.flux4j.bench.harness.Sample;
import io.github.flux4j.bench.workload.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A league of three, with flux4j's lean engine and the harness itself, on one problem, with invented numbers. */
final class SampleLeague {

    private static final Question QUESTION = new Question(
            "standard",
            "Who is fastest?",
            Cell.STANDARD,
            List.of(new Variation(Axis.CONTENDER, List.of("FLUX4J", "NULL", "FLUX4J_LEAN", "HAND_ROLLED", "RAW_DL4J"))),
            List.of("article"));

    private SampleLeague() {}

    static Results results() {
        Run other = SampleResults.of("abc1234").run();
        Run run = new Run(
                1,
                other.date(),
                other.machine(),
                other.java(),
                other.standard(),
                new Plan("compare", "flux4j compared", 5, 10, 10, List.of(QUESTION)));
        Results results = new Results(run, new ArrayList<>(), new ArrayList<>());
        Map<String, Check> checks = Map.of("article", new Check(Map.of(0, 0.0), "x", "", null));
        for (Cell cell : QUESTION.cells()) {
            results.proofs().add(new Proof(cell, null, checks, null));
        }
        for (int round = 0; round < 5; round++) {
            add(results, QUESTION.reference(), round, 100);
            add(results, QUESTION.again(), round, 100);
            add(results, QUESTION.cells().get(1), round, 1);
            add(results, QUESTION.cells().get(2), round, 90);
            add(results, QUESTION.cells().get(3), round, 12);
            add(results, QUESTION.cells().get(4), round, 102);
        }
        return results;
    }

    private static void add(Results results, Cell cell, int round, double nanos) {
        results.samples()
                .add(new Sample(
                        "standard", cell, "article", round, Measured.of(nanos), new Load(null, null, null), null));
    }
}
