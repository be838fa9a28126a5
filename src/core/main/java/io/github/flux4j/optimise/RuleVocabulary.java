package io.github.flux4j.optimise;

import io.github.flux4j.internal.values.Vocabulary;
import io.github.flux4j.values.Call;

/** Every rule by its name in Flux4j. */
final class RuleVocabulary {

    static final Vocabulary<Rule> RULES = new Vocabulary<>(Rule.class, "a rule");

    static {
        RULES.record("descent", new Descent(0.1))
                .record("momentum", new Momentum(0.01))
                .record("nesterov", new Nesterov(0.001))
                .record("rmsProp", new RMSProp(0.001))
                .record("rprop", new Rprop(1e-3))
                .record("adam", new Adam(0.001))
                .record("rAdam", new RAdam(0.001))
                .record("adaMax", new AdaMax(0.001))
                .record("oAdam", new OAdam(0.001))
                .record("amsGrad", new AMSGrad(0.001))
                .record("nAdam", new NAdam(0.001))
                .record("adaBelief", new AdaBelief(0.001))
                .record("lion", new Lion(0.001))
                .record("adamW", new AdamW(0.001))
                .record("adaGrad", new AdaGrad(0.1))
                .record("adaDelta", new AdaDelta(0.9))
                .record("weightDecay", new WeightDecay(5e-4))
                .record("signDecay", new SignDecay(1e-3))
                .record("clipGrad", new ClipGrad(10))
                .record("clipNorm", new ClipNorm(10))
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
