package io.github.flux4j.optimise;

import static io.github.flux4j.Flux4j.*;

import java.util.List;

/** Every rule, one line each: with its defaults, and where it has another formula or is used so, in another way. */
public final class Rules {

    /**
     * A rule with what the test of its convergence needs.
     *
     * @param rate for the convergence test, where the default would take longer than that test; 0 for the default
     * @param printed as Optimisers.jl prints it
     */
    public record Known(Rule rule, double rate, String printed) {
        @Override
        public String toString() {
            return printed;
        }
    }

    private static final List<Known> ALL = List.of(
            new Known(descent(), 0, "Descent(0.1)"),
            new Known(momentum(), 0, "Momentum(0.01, 0.9)"),
            new Known(nesterov(), 0.01, "Nesterov(0.001, 0.9)"),
            new Known(rmsProp(), 0, "RMSProp(0.001, 0.9, 1.0E-8; centred = false)"),
            new Known(new RMSProp(0.001, 0.9, 1e-8, true), 0, "RMSProp(0.001, 0.9, 1.0E-8; centred = true)"),
            new Known(rprop(), 0, "Rprop(0.001, (0.5, 1.2), (1.0E-6, 50.0))"),
            new Known(adam(), 0.01, "Adam(0.001, (0.9, 0.999), 1.0E-8)"),
            new Known(adamW(), 0.01, "AdamW(0.001, (0.9, 0.999), 0.0, 1.0E-8; couple = true)"),
            new Known(adamW(0.01, 1e-4), 0, "AdamW(0.01, (0.9, 0.999), 1.0E-4, 1.0E-8; couple = true)"),
            new Known(
                    new AdamW(0.01, 0.9, 0.999, 1e-6, 1e-8, false),
                    0,
                    "AdamW(0.01, (0.9, 0.999), 1.0E-6, 1.0E-8; couple = false)"),
            new Known(rAdam(), 0.01, "RAdam(0.001, (0.9, 0.999), 1.0E-8)"),
            new Known(adaMax(), 0.01, "AdaMax(0.001, (0.9, 0.999), 1.0E-8)"),
            new Known(oAdam(), 0.01, "OAdam(0.001, (0.5, 0.9), 1.0E-8)"),
            new Known(adaGrad(), 0, "AdaGrad(0.1, 1.0E-8)"),
            new Known(adaDelta(), 0, "AdaDelta(0.9, 1.0E-8)"),
            new Known(amsGrad(), 0.01, "AMSGrad(0.001, (0.9, 0.999), 1.0E-8)"),
            new Known(nAdam(), 0.01, "NAdam(0.001, (0.9, 0.999), 1.0E-8)"),
            new Known(adaBelief(), 0.01, "AdaBelief(0.001, (0.9, 0.999), 1.0E-16)"),
            new Known(lion(), 0, "Lion(0.001, (0.9, 0.999))"),
            new Known(optimiserChain(weightDecay(), descent()), 0, "OptimiserChain(WeightDecay(5.0E-4), Descent(0.1))"),
            new Known(optimiserChain(signDecay(1e-4), descent()), 0, "OptimiserChain(SignDecay(1.0E-4), Descent(0.1))"),
            new Known(
                    optimiserChain(clipGrad(0.5), momentum()), 0, "OptimiserChain(ClipGrad(0.5), Momentum(0.01, 0.9))"),
            new Known(optimiserChain(clipNorm(), descent()), 0, "OptimiserChain(ClipNorm(10.0, 2.0), Descent(0.1))"),
            new Known(
                    optimiserChain(momentum(), clipNorm(0.2, 1)),
                    0,
                    "OptimiserChain(Momentum(0.01, 0.9), ClipNorm(0.2, 1.0))"),
            new Known(
                    optimiserChain(clipNorm(0.5), descent(), clipNorm(0.04, Double.POSITIVE_INFINITY)),
                    0,
                    "OptimiserChain(ClipNorm(0.5, 2.0), Descent(0.1), ClipNorm(0.04, Infinity))"),
            new Known(
                    optimiserChain(weightDecay(1e-5), oAdam(0.01), clipGrad(1)),
                    0,
                    "OptimiserChain(WeightDecay(1.0E-5), OAdam(0.01, (0.5, 0.9), 1.0E-8), ClipGrad(1.0))"),
            new Known(optimiserChain(accumGrad(3), descent()), 0, "OptimiserChain(AccumGrad(3), Descent(0.1))"),
            new Known(optimiserChain(momentum(), accumGrad(2)), 0, "OptimiserChain(Momentum(0.01, 0.9), AccumGrad(2))"),
            new Known(
                    optimiserChain(optimiserChain(clipGrad(), adam(0.01)), optimiserChain()),
                    0,
                    "OptimiserChain(OptimiserChain(ClipGrad(10.0), Adam(0.01, (0.9, 0.999), 1.0E-8)), OptimiserChain())"));

    private Rules() {}

    /** All of them. */
    public static List<Known> all() {
        return ALL;
    }
}
