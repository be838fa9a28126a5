package io.github.flux4j.bench.backends;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs what a plan asks: first every cell proves its numbers, then those that could are timed, round by round. */
final class Experiment {

    private static final Gson JSON = new Gson();

    private final Launcher launcher;
    private final Journal journal;
    private final Results results;
    private final PrintStream out;

    Experiment(Launcher launcher, Journal journal, Results results, PrintStream out) {
        this.launcher = launcher;
        this.journal = journal;
        this.results = results;
        this.out = out;
    }

    void run(Plan plan) throws IOException, InterruptedException {
        Map<Cell, Set<String>> work = plan.work();
        prove(work);
        for (Cell cell : work.keySet()) {
            tellRefusals(cell, work.get(cell));
        }
        time(plan);
    }

    private void prove(Map<Cell, Set<String>> work) throws IOException, InterruptedException {
        Map<Cell, Set<String>> open = new LinkedHashMap<>(work);
        open.entrySet().removeIf(entry -> results.isProved(entry.getKey(), entry.getValue()));
        if (open.isEmpty()) {
            return;
        }
        Expected.write(open.values().stream().flatMap(Set::stream).distinct().toList(), launcher.expected());
        Progress progress = new Progress(out, open.size());
        for (Map.Entry<Cell, Set<String>> entry : open.entrySet()) {
            progress.next("checks " + entry.getKey().label());
            Proof proof = proof(entry.getKey(), entry.getValue());
            results.proofs().removeIf(old -> old.cell().equals(proof.cell()));
            results.proofs().add(proof);
            journal.add(proof);
        }
        progress.end();
    }

    private Proof proof(Cell cell, Set<String> workloads) throws IOException, InterruptedException {
        try {
            String told = launcher.run(cell, Probe.Task.PROVE, workloads).result();
            Proof proof = JSON.fromJson(told, Proof.class).of(cell);
            return Asked.mismatch(cell, proof.facts())
                    .map(reason -> Proof.failed(cell, reason))
                    .orElse(proof);
        } catch (Unavailable reason) {
            return Proof.failed(cell, reason.getMessage());
        }
    }

    private void tellRefusals(Cell cell, Set<String> workloads) {
        Map<String, List<String>> refusals = new LinkedHashMap<>();
        for (String workload : workloads) {
            String refusal = results.refusal(cell, workload);
            if (refusal != null) {
                refusals.computeIfAbsent(refusal, key -> new ArrayList<>()).add(workload);
            }
        }
        refusals.forEach((reason, refused) -> out.println("not timed: " + cell.label()
                + (refused.size() == workloads.size() ? "" : " with " + String.join(", ", refused)) + ": " + reason));
    }

    /** Neighbours in time are different cells, and each round starts with another, so a slow spell of the machine meets all alike. */
    private void time(Plan plan) throws IOException, InterruptedException {
        List<Run> order = runs(plan);
        Progress progress = new Progress(out, plan.rounds() * order.size());
        for (int round = 0; round < plan.rounds(); round++) {
            Collections.rotate(order, order.size() / plan.rounds());
            for (Run run : order) {
                progress.next("round " + (round + 1) + ", " + run.question().name() + ", "
                        + run.cell().label());
                time(run, round);
            }
        }
        progress.end();
    }

    /** A process for a question: workloads that share a process change each other's times. */
    private record Run(Question question, Cell cell) {}

    private static List<Run> runs(Plan plan) {
        List<Run> runs = new ArrayList<>();
        plan.questions().forEach(question -> question.cells().forEach(cell -> runs.add(new Run(question, cell))));
        return runs;
    }

    private void time(Run run, int round) throws IOException, InterruptedException {
        List<String> workloads = run.question().workloads().stream()
                .filter(workload -> results.refusal(run.cell(), workload) == null)
                .toList();
        if (!results.isTimed(run.question(), run.cell(), round, workloads)) {
            Sample sample = sample(run, round, workloads);
            results.samples().add(sample);
            journal.add(sample);
        }
    }

    private Sample sample(Run run, int round, List<String> workloads) throws IOException, InterruptedException {
        Cell cell = run.cell();
        String question = run.question().name();
        Map<String, Double> nanos = new LinkedHashMap<>();
        List<String> inside = workloads.stream()
                .filter(name -> !Workloads.named(name).isStartUp())
                .toList();
        try {
            if (!inside.isEmpty()) {
                String told = launcher.run(cell, Probe.Task.TIME, inside).result();
                nanos.putAll(JSON.fromJson(told, new TypeToken<Map<String, Double>>() {}));
            }
            for (String name : workloads) {
                if (!inside.contains(name)) {
                    nanos.put(name, (double)
                            launcher.run(cell, Probe.Task.START, List.of(name)).nanos());
                }
            }
            return new Sample(question, cell, round, nanos, null);
        } catch (Unavailable reason) {
            return new Sample(question, cell, round, Map.of(), "while it was timed, " + reason.getMessage());
        }
    }
}
