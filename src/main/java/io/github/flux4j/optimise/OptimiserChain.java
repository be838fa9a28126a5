package io.github.flux4j.optimise;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Rules one after another, each working on the step of the one before; the last one's is taken. An empty chain takes the gradient itself,
 * as {@code Descent(1)}.
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
    public String toString() {
        return rules.stream().map(Rule::toString).collect(Collectors.joining(", ", "OptimiserChain(", ")"));
    }
}
