package io.github.flux4j.bench.report;

import io.github.flux4j.bench.SampleResults;
import io.github.flux4j.bench.harness.Agreement;
import io.github.flux4j.bench.harness.Cell;
import io.github.flux4j.bench.harness.CellAxis;
import io.github.flux4j.bench.harness.ExperimentPlan;
import io.github.flux4j.bench.harness.ExperimentRun;
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
import java.util.TreeMap;

/** A league of three, with flux4j's lean engine and the harness itself, on one problem, with invented numbers. */
final class SampleLeague {

    private static final Question QUESTION = new Question(
            "standard",
            "Who is fastest?",
            Cell.STANDARD,
            List.of(new Variation(
                    CellAxis.CONTENDER, List.of("FLUX4J", "NULL", "FLUX4J_LEAN", "HAND_ROLLED", "RAW_DL4J"))),
            List.of("article"));

    private SampleLeague() {}

    static Results results() {
        Results results = empty("compare", QUESTION);
        Map<String, Agreement> checks = Map.of("article", new Agreement(Map.of(0, 0.0), "", null));
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

    /** Of which DL4J alone is near flux4j, and scatters. */
    static Results scattered() {
        Results results = results();
        results.samples()
                .replaceAll(sample -> sample.cell().get(CellAxis.CONTENDER).equals("RAW_DL4J")
                        ? sample("article", sample.cell(), sample.round(), Measured.of(100 + 7 * (sample.round() % 3)))
                        : sample);
        return results;
    }

    /** Two cells of the grid. */
    static Results grid() {
        Question question = new Question(
                "grid",
                "Where?",
                Cell.STANDARD,
                List.of(new Variation(CellAxis.CONTENDER, List.of("FLUX4J", "HAND_ROLLED", "RAW_DL4J"))),
                List.of("grid-b1-w8", "grid-b32-w32"));
        Results results = empty("grid", question);
        question.cells()
                .forEach(cell -> results.proofs()
                        .add(new Proof(
                                cell,
                                null,
                                Map.of(
                                        "grid-b1-w8", new Agreement(Map.of(), "", null),
                                        "grid-b32-w32", new Agreement(Map.of(), "", null)),
                                null)));
        double[][] times = {{100, 100, 50, 700}, {400, 400, 900, 408}};
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < times.length; i++) {
                List<Cell> timed = question.timed(question.workloads().get(i));
                for (int j = 0; j < timed.size(); j++) {
                    Measured measured = Measured.of(times[i][j]);
                    results.samples().add(sample("grid", question.workloads().get(i), timed.get(j), round, measured));
                }
            }
        }
        return results;
    }

    private static Results empty(String plan, Question question) {
        ExperimentRun other = SampleResults.of("abc1234").run();
        ExperimentRun run = new ExperimentRun(
                1,
                other.date(),
                other.machine(),
                other.java(),
                other.standard(),
                new ExperimentPlan(plan, "flux4j compared", 5, 10, 10, List.of(question)));
        return new Results(run, new ArrayList<>(), new ArrayList<>());
    }

    private static void add(Results results, Cell cell, int round, double nanos) {
        results.samples().add(sample("article", cell, round, Measured.of(nanos)));
    }

    private static Sample sample(String workload, Cell cell, int round, Measured measured) {
        return sample("standard", workload, cell, round, measured);
    }

    private static Sample sample(String question, String workload, Cell cell, int round, Measured measured) {
        return new Sample(question, cell, workload, round, measured, new Load(null, null, null), null);
    }

    /** Two that are explained: a step of 10 µs, single predictions and the first second. */
    static Results explained() {
        Question question = new Question(
                "standard",
                "Why?",
                Cell.STANDARD,
                List.of(new Variation(CellAxis.CONTENDER, List.of("FLUX4J", "HAND_ROLLED"))),
                List.of("digits", "latency-predict-8-64-64-1", "first-second-digits"));
        Results results = empty("compare", question);
        Map<String, Agreement> checks = new TreeMap<>();
        question.workloads().forEach(name -> checks.put(name, new Agreement(Map.of(), "", null)));
        question.cells().forEach(cell -> results.proofs().add(new Proof(cell, null, checks, null)));
        Cell flux4j = question.reference();
        Cell loops = question.cells().get(1);
        for (int round = 0; round < 5; round++) {
            results.samples()
                    .addAll(List.of(
                            sample("digits", flux4j, round, Measured.of(10_000)),
                            sample("digits", loops, round, Measured.of(40_000)),
                            sample("latency-predict-8-64-64-1", flux4j, round, timedAlone(500.0, 2000.0, 9000.0)),
                            sample("latency-predict-8-64-64-1", loops, round, timedAlone(400.0, 1000.0, null)),
                            sample("first-second-digits", flux4j, round, ofFirst(1e5, 2e8))));
        }
        return results;
    }

    private static Measured timedAlone(double median, Double p99, Double p999) {
        return new Measured(median, null, null, null, new Measured.Tail(p99, p999, 25));
    }

    private static Measured ofFirst(double nanos, double first) {
        return new Measured(nanos, null, null, first, null);
    }
}
