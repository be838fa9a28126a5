package io.github.flux4j.bench;

import io.github.flux4j.bench.harness.Agreement;
import io.github.flux4j.bench.harness.Cell;
import io.github.flux4j.bench.harness.CellAxis;
import io.github.flux4j.bench.harness.ExperimentPlan;
import io.github.flux4j.bench.harness.ExperimentRun;
import io.github.flux4j.bench.harness.Facts;
import io.github.flux4j.bench.harness.Machine;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Question.Variation;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.harness.Results.Proof;
import io.github.flux4j.bench.harness.Results.Sample;
import io.github.flux4j.bench.workload.Measured;
import io.github.flux4j.internal.threads.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Results with invented numbers: dl4j is clearly faster at one workload, clearly slower at another, and the machine is too busy for a third. */
public final class SampleResults {

    public static final Cell DL4J = Cell.STANDARD.with(CellAxis.ENGINE, "dl4j");
    public static final Cell AVX512 = Cell.STANDARD.with(CellAxis.BINARY, "avx512");

    public static final Question ENGINE = new Question(
            "engine",
            "Which engine?",
            Cell.STANDARD.with(CellAxis.ENGINE, "lean"),
            List.of(new Variation(CellAxis.ENGINE, List.of("lean", "dl4j"))),
            List.of("gemm-64", "tanh-1e3", "train-article", "add-1e3"));

    private static final int ROUNDS = 5;

    private SampleResults() {}

    private static ExperimentPlan plan() {
        Question binary = new Question(
                "binary",
                "Which <binary>?",
                Cell.STANDARD,
                List.of(new Variation(CellAxis.BINARY, List.of("plain", "avx512"))),
                List.of("tanh-1e3"));
        return new ExperimentPlan("test", "A test", ROUNDS, 10, 10, List.of(ENGINE, binary));
    }

    public static Results of(String commit) {
        ExperimentRun run = new ExperimentRun(
                0,
                "2026-01-02T03:04:05Z",
                new Machine(commit, "A processor", 2, List.of("sse2"), "Linux"),
                "A Java",
                Map.of("engine", "auto"),
                plan());
        Facts facts = new Facts("A Java", "plain.jar", "blas.jar", 2, "", 2, 2);
        Cell lean = ENGINE.reference();
        Results results = new Results(run, new ArrayList<>(), new ArrayList<>());
        results.proofs().add(new Proof(lean, null, checks(), facts));
        results.proofs().add(new Proof(DL4J, null, checks(), facts));
        results.proofs().add(new Proof(AVX512, "this processor lacks avx512f", Map.of(), null));
        for (int round = 0; round < ROUNDS; round++) {
            add(results, lean, round, 1000 + round, 1000 - 10 * round, 200 + round, 100 + round);
            add(results, ENGINE.again(), round, 1001 - round, 1000 - 9 * round, 201 - round, 200 + round);
            add(results, DL4J, round, 500 + round, 1000 + 5 * round, 4000 + round, 150);
        }
        return results;
    }

    private static void add(Results results, Cell cell, int round, double gemm, double tanh, double train, double add) {
        results.samples().add(sample(cell, "gemm-64", round, gemm));
        results.samples().add(sample(cell, "tanh-1e3", round, tanh));
        results.samples().add(sample(cell, "train-article", round, train));
        results.samples().add(sample(cell, "add-1e3", round, add));
    }

    public static Sample sample(Cell cell, String workload, int round, double nanos) {
        Measured measured = new Measured(nanos, 2 * nanos, 16.0, null, null);
        return new Sample("engine", cell, workload, round, measured, new Load(0.5, 0.9, 0.01), null);
    }

    private static Map<String, Agreement> checks() {
        return Map.of(
                "gemm-64", new Agreement(Map.of(1, 1e-7), "", null),
                "tanh-1e3", new Agreement(Map.of(1, 2e-7), "", null),
                "train-article", new Agreement(Map.of(0, 3e-7, 1, 1e-6), "", null),
                "add-1e3", new Agreement(Map.of(1, 0.0), "", null));
    }
}
