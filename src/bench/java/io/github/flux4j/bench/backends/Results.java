package io.github.flux4j.bench.backends;

import java.util.List;
import java.util.Optional;

/** All of a run, so far. */
record Results(Header header, List<Proof> proofs, List<Sample> samples) {

    Optional<Proof> proof(Cell cell) {
        return proofs.stream().filter(proof -> proof.cell().equals(cell)).findFirst();
    }

    boolean isProved(Cell cell, Iterable<String> workloads) {
        Proof proof = proof(cell).orElse(null);
        if (proof == null) {
            return false;
        }
        for (String workload : workloads) {
            if (proof.failure() == null && !proof.verdicts().containsKey(workload)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this round's process of the cell has timed all of these for the question. */
    boolean isTimed(Question question, Cell cell, int round, Iterable<String> workloads) {
        for (String workload : workloads) {
            if (samples.stream()
                    .noneMatch(sample -> sample.round() == round
                            && sample.question().equals(question.name())
                            && sample.cell().equals(cell)
                            && (sample.failure() != null || sample.nanos().containsKey(workload)))) {
                return false;
            }
        }
        return true;
    }

    /** Why a workload was not timed in a cell; null if it was, or will be. */
    String refusal(Cell cell, String workload) {
        Proof proof = proof(cell).orElse(null);
        if (proof != null && proof.refusal(workload) != null) {
            return proof.refusal(workload);
        }
        return samples.stream()
                .filter(sample -> sample.cell().equals(cell) && sample.failure() != null)
                .map(Sample::failure)
                .findFirst()
                .orElse(null);
    }

    /** Over the processes; empty if it was not timed. */
    Optional<Figure> figure(Question question, Cell cell, String workload) {
        double[] nanos = samples.stream()
                .filter(sample -> sample.cell().equals(cell)
                        && sample.question().equals(question.name())
                        && sample.round() < header.plan().rounds())
                .map(sample -> sample.nanos().get(workload))
                .filter(time -> time != null)
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (nanos.length == 0 || refusal(cell, workload) != null) {
            return Optional.empty();
        }
        return Optional.of(Figure.of(nanos));
    }

    Optional<Verdict> verdict(Cell cell, String workload) {
        return proof(cell).map(proof -> proof.verdicts().get(workload));
    }

    /** How many times what the question's reference takes. */
    Optional<Double> overReference(Question question, Cell cell, String workload) {
        return figure(question, cell, workload)
                .flatMap(figure -> figure(question, question.reference(), workload)
                        .map(reference -> figure.median() / reference.median()));
    }
}
