package io.github.flux4j.bench.harness;

import com.google.gson.Gson;
import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.contender.Problem.Mode;
import io.github.flux4j.bench.harness.Results.Proof;
import io.github.flux4j.bench.harness.Results.Sample;
import io.github.flux4j.bench.workload.Measured;
import io.github.flux4j.bench.workload.Workload;
import io.github.flux4j.bench.workload.Workloads;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.internal.threads.Load;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs what a plan asks: first every cell proves its numbers, then those that could are timed, round by round, a process for each workload. */
public record Experiment(Launcher launcher, Journal journal, Results results, PrintStream out) {

    private static final Gson JSON = new Gson();

    public void run(ExperimentPlan plan) throws IOException, InterruptedException {
        Map<Cell, Set<String>> work = plan.work();
        prove(work, plan.mostFlop());
        for (Cell cell : work.keySet()) {
            tellRefusals(cell, work.get(cell));
        }
        time(plan);
    }

    private void prove(Map<Cell, Set<String>> work, double mostFlop) throws IOException, InterruptedException {
        Map<Cell, Set<String>> open = new LinkedHashMap<>(work);
        open.entrySet().removeIf(entry -> results.isProved(entry.getKey(), entry.getValue()));
        // what was timed is checked after timing too, so all are needed
        Expected.write(byContenders(work), launcher.expected(), mostFlop);
        ProgressLog progress = new ProgressLog(out, open.size());
        for (Map.Entry<Cell, Set<String>> entry : open.entrySet()) {
            progress.next("checks " + entry.getKey().label());
            Proof proof = proof(entry.getKey(), entry.getValue());
            results.add(proof, null);
            journal.add(proof);
        }
    }

    private static Collection<Workload> byContenders(Map<Cell, Set<String>> work) {
        Map<String, Workload> all = new LinkedHashMap<>();
        work.forEach((cell, names) -> names.forEach(name -> {
            Workload workload = Workloads.named(name).as(Contenders.valueOf(cell.get(CellAxis.CONTENDER)));
            all.put(workload.name(), workload);
        }));
        return all.values();
    }

    private Proof proof(Cell cell, Set<String> workloads) throws IOException, InterruptedException {
        try {
            String told = launcher.run(cell, Probe.Task.PROVE, workloads).first();
            Proof proof = JSON.fromJson(told, Proof.class);
            return Optional.ofNullable(proof.facts())
                    .flatMap(facts -> facts.mismatch(cell))
                    .map(reason -> Proof.failed(cell, reason))
                    .orElseGet(() -> new Proof(cell, null, proof.checks(), proof.facts()));
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

    /** One process to come. */
    private record Trial(Question question, String workload, Cell cell) {}

    /**
     * Neighbours in time are cells of one workload, and every second round goes backwards, so that a slow spell of the machine meets all alike. Where
     * the reference's two times didn't come out alike, as many rounds again; what is concluded has no say in that.
     */
    private void time(ExperimentPlan plan) throws IOException, InterruptedException {
        List<Trial> trials = trials(plan);
        time(trials, 0, plan.rounds());
        if (plan.rounds() >= PairedRatio.FEWEST) {
            trials.removeIf(trial -> !results.isBusy(trial.question(), trial.workload()));
            time(trials, plan.rounds(), 2 * plan.rounds());
        }
    }

    private void time(List<Trial> trials, int first, int end) throws IOException, InterruptedException {
        ProgressLog progress = new ProgressLog(out, (end - first) * trials.size());
        for (int round = first; round < end; round++) {
            for (Trial trial : trials) {
                progress.next("round " + (round + 1) + ", " + trial.workload() + ", "
                        + trial.cell().label());
                time(trial, round);
            }
            Collections.reverse(trials);
        }
    }

    private static List<Trial> trials(ExperimentPlan plan) {
        return plan.questions().stream()
                .flatMap(question -> question.workloads().stream()
                        .flatMap(workload ->
                                question.timed(workload).stream().map(cell -> new Trial(question, workload, cell))))
                .collect(Collectors.toList());
    }

    private void time(Trial trial, int round) throws IOException, InterruptedException {
        if (results.refusal(trial.cell(), trial.workload()) == null
                && !results.isTimed(trial.question(), trial.cell(), trial.workload(), round)) {
            Sample sample = sample(trial, round);
            results.add(null, sample);
            journal.add(sample);
        }
    }

    private Sample sample(Trial trial, int round) throws IOException, InterruptedException {
        Load.Watch watch = Load.watch();
        Measured measured = null;
        String failure = null;
        try {
            Child.Outcome outcome = launcher.run(trial.cell(), Probe.Task.TIME, List.of(trial.workload()));
            failure = JSON.fromJson(outcome.last(), Agreement.class).refusal();
            boolean fromOutside = Workloads.named(trial.workload()).mode() == Mode.START;
            measured = fromOutside ? Measured.of(outcome.nanos()) : JSON.fromJson(outcome.first(), Measured.class);
        } catch (Unavailable reason) {
            failure = reason.getMessage();
        }
        return new Sample(
                trial.question().name(),
                trial.cell(),
                trial.workload(),
                round,
                failure == null ? measured : null,
                watch.untilNow(),
                failure == null ? null : "while it was timed, " + failure);
    }
}
