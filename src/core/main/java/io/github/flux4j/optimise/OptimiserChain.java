package io.github.flux4j.optimise;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Rules in sequence: each works on the step of the one before, and the last one's step is applied. An empty chain steps by the gradient, like {@code
 * Descent(1)}.
 *
 * @param rules in the order in which they are applied
 */
public record OptimiserChain(List<Rule> rules) implements Rule {

    public OptimiserChain {
        for (int i = 0; i < Objects.requireNonNull(rules, "rules is null").size(); i++) {
            Objects.requireNonNull(rules.get(i), "rule " + (i + 1) + " of the chain is null");
        }
        rules = List.copyOf(rules);
    }

    @Override
    public double[] memory() {
        return rules.stream()
                .flatMapToDouble(rule -> DoubleStream.of(rule.memory()))
                .toArray();
    }

    /** For a rule that contains a chain; an optimiser applies a chain's rules itself, which AccumGrad and ClipNorm need. */
    @Override
    public void apply(Strip d, Strip p, Strip[] m, long t) {
        int from = 0;
        for (Rule rule : rules) {
            int to = from + rule.memory().length;
            rule.apply(d, p, Arrays.copyOfRange(m, from, to), t);
            from = to;
        }
    }

    @Override
    public double growth() {
        return rules.stream().mapToDouble(rule -> Math.max(1, rule.growth())).reduce(1, (a, b) -> a * b);
    }

    @Override
    public String toString() {
        return rules.stream().map(Rule::toString).collect(Collectors.joining(", ", "OptimiserChain(", ")"));
    }
}
