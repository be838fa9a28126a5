package io.github.flux4j.optimise;

import io.github.flux4j.values.Call;
import io.github.flux4j.values.Vocabulary;

/** Every rule by its word in Flux4j. */
final class RuleVocabulary {

    static final Vocabulary<Rule> RULES = new Vocabulary<>(Rule.class, "a rule");

    static {
        RULES.record("descent", new Descent())
                .record("momentum", new Momentum())
                .record("nesterov", new Nesterov())
                .record("rmsProp", new RMSProp())
                .record("rprop", new Rprop())
                .record("adam", new Adam())
                .record("rAdam", new RAdam())
                .record("adaMax", new AdaMax())
                .record("oAdam", new OAdam())
                .record("amsGrad", new AMSGrad())
                .record("nAdam", new NAdam())
                .record("adaBelief", new AdaBelief())
                .record("lion", new Lion())
                .record("adamW", new AdamW())
                .record("adaGrad", new AdaGrad())
                .record("adaDelta", new AdaDelta())
                .record("weightDecay", new WeightDecay())
                .record("signDecay", new SignDecay())
                .record("clipGrad", new ClipGrad())
                .record("clipNorm", new ClipNorm())
                .word("accumGrad", AccumGrad.class, given -> new AccumGrad(given.whole("n")), RuleVocabulary::call)
                .word(
                        "optimiserChain",
                        OptimiserChain.class,
                        given -> new OptimiserChain(given.values(RULES)),
                        RuleVocabulary::call);
    }

    private RuleVocabulary() {}

    private static Call call(AccumGrad rule) {
        return Call.of("accumGrad", rule.n());
    }

    private static Call call(OptimiserChain chain) {
        return Call.of("optimiserChain", chain.rules().stream().map(RULES::call).toArray());
    }
}
