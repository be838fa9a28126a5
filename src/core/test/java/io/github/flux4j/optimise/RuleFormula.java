package io.github.flux4j.optimise;

import java.util.Arrays;
import java.util.List;

/**
 * A rule's formula on one parameter array, in Float64, written from the documentation of Optimisers.jl: an oracle that knows no strips, no
 * passes and no types. State is a row of numbers for each element.
 */
interface RuleFormula {

    /**
     * Turns gradients into steps.
     *
     * @param d gradients on entry, steps on return
     * @param x the parameters before the step
     * @return whether there is a step at all
     */
    boolean apply(double[] d, double[] x);

    /** One element: its gradient, its parameter, what is remembered of it and the step's number from 1. */
    interface Element {
        double step(double g, double x, double[] s, int t);
    }

    /** A formula that treats each element alone, remembering as many numbers of each as there are in {@code initial}. */
    static RuleFormula elementwise(int length, Element element, double... initial) {
        double[][] state = new double[length][];
        Arrays.setAll(state, i -> initial.clone());
        int[] t = {0};
        return (d, x) -> {
            t[0]++;
            for (int i = 0; i < length; i++) {
                d[i] = element.step(d[i], x[i], state[i], t[0]);
            }
            return true;
        };
    }

    /**
     * The formula of a rule for an array of this length.
     *
     * @param single whether its numbers are first rounded to Float32, as Optimisers.jl does for Float32 parameters
     */
    static RuleFormula of(Rule rule, int n, boolean single) {
        return new Formulas(n, single).of(rule);
    }

    /** The formulas, one case each. */
    record Formulas(int n, boolean single) {

        /** The number in the parameters' type. */
        private double T(double number) {
            return single ? (float) number : number;
        }

        RuleFormula of(Rule rule) {
            if (rule instanceof OptimiserChain chain) {
                List<RuleFormula> formulas =
                        chain.rules().stream().map(this::of).toList();
                return (d, x) -> formulas.stream().allMatch(formula -> formula.apply(d, x));
            }
            if (rule instanceof Descent r) {
                double eta = T(r.eta());
                return elementwise(n, (g, x, s, t) -> eta * g);
            }
            if (rule instanceof Momentum r) {
                double eta = T(r.eta());
                double rho = T(r.rho());
                return elementwise(n, (g, x, v, t) -> v[0] = rho * v[0] + eta * g, 0);
            }
            if (rule instanceof Nesterov r) {
                double eta = T(r.eta());
                double rho = T(r.rho());
                return elementwise(
                        n,
                        (g, x, v, t) -> {
                            double step = -rho * rho * v[0] + (1 + rho) * eta * g;
                            v[0] = rho * v[0] - eta * g;
                            return step;
                        },
                        0);
            }
            if (rule instanceof RMSProp r) {
                return rmsProp(T(r.eta()), T(r.rho()), T(r.epsilon()), r.centred());
            }
            if (rule instanceof Rprop r) {
                return rprop(T(r.eta()), T(r.shrink()), T(r.grow()), T(r.smallest()), T(r.largest()));
            }
            if (rule instanceof Adam r) {
                return adam(r.eta(), r.beta1(), r.beta2(), r.epsilon());
            }
            if (rule instanceof AdamW r) {
                RuleFormula adam = adam(1, r.beta1(), r.beta2(), r.epsilon());
                double eta = T(r.eta());
                double lambda = T(r.lambda());
                return (d, x) -> {
                    adam.apply(d, x);
                    for (int i = 0; i < n; i++) {
                        d[i] = r.couple() ? eta * (d[i] + lambda * x[i]) : eta * d[i] + lambda * x[i];
                    }
                    return true;
                };
            }
            if (rule instanceof RAdam r) {
                return rAdam(T(r.eta()), T(r.beta1()), T(r.beta2()), T(r.epsilon()));
            }
            if (rule instanceof AdaMax r) {
                return adaMax(T(r.eta()), T(r.beta1()), T(r.beta2()), T(r.epsilon()));
            }
            if (rule instanceof OAdam r) {
                RuleFormula adam = adam(r.eta(), r.beta1(), r.beta2(), r.epsilon());
                RuleFormula optimism = elementwise(
                        n,
                        (g, x, before, t) -> {
                            double step = 2 * g - before[0];
                            before[0] = g;
                            return step;
                        },
                        0);
                return (d, x) -> adam.apply(d, x) && optimism.apply(d, x);
            }
            if (rule instanceof AdaGrad r) {
                double eta = T(r.eta());
                double epsilon = T(r.epsilon());
                return elementwise(n, (g, x, a, t) -> eta * g / (Math.sqrt(a[0] += g * g) + epsilon), epsilon);
            }
            if (rule instanceof AdaDelta r) {
                return adaDelta(T(r.rho()), T(r.epsilon()));
            }
            if (rule instanceof AMSGrad r) {
                return amsGrad(T(r.eta()), T(r.beta1()), T(r.beta2()), T(r.epsilon()));
            }
            if (rule instanceof NAdam r) {
                return nAdam(T(r.eta()), T(r.beta1()), T(r.beta2()), T(r.epsilon()));
            }
            if (rule instanceof AdaBelief r) {
                return adaBelief(T(r.eta()), T(r.beta1()), T(r.beta2()), T(r.epsilon()));
            }
            if (rule instanceof Lion r) {
                double eta = T(r.eta());
                double b1 = T(r.beta1());
                double b2 = T(r.beta2());
                return elementwise(
                        n,
                        (g, x, s, t) -> {
                            s[0] = b2 * g + (1 - b2) * s[0];
                            return eta * Math.signum((b2 - b1) * g + b1 * s[0]);
                        },
                        0);
            }
            if (rule instanceof WeightDecay r) {
                double lambda = T(r.lambda());
                return elementwise(n, (g, x, s, t) -> g + lambda * x);
            }
            if (rule instanceof SignDecay r) {
                double lambda = T(r.lambda());
                return elementwise(n, (g, x, s, t) -> g + lambda * Math.signum(x));
            }
            if (rule instanceof ClipGrad r) {
                double delta = T(r.delta());
                return elementwise(n, (g, x, s, t) -> g > delta ? delta : g < -delta ? -delta : g);
            }
            if (rule instanceof ClipNorm r) {
                return clipNorm(r.omega(), r.p());
            }
            if (rule instanceof AccumGrad r) {
                return accumGrad(r.n());
            }
            throw new AssertionError("no formula for " + rule);
        }

        private RuleFormula rmsProp(double eta, double rho, double epsilon, boolean centred) {
            return elementwise(
                    n,
                    (g, x, s, t) -> {
                        s[0] = rho * s[0] + (1 - rho) * g * g;
                        s[1] = centred ? rho * s[1] + (1 - rho) * g : 0;
                        return eta * g / (Math.sqrt(s[0] - s[1] * s[1]) + epsilon);
                    },
                    0,
                    0);
        }

        private RuleFormula rprop(double eta, double shrink, double grow, double smallest, double largest) {
            return elementwise(
                    n,
                    (g, x, s, t) -> {
                        double turn = s[0] * g;
                        s[1] = turn > 0
                                ? Math.min(s[1] * grow, largest)
                                : turn < 0 ? Math.max(s[1] * shrink, smallest) : s[1];
                        s[0] = turn < 0 ? 0 : g;
                        return s[1] * Math.signum(s[0]);
                    },
                    0,
                    eta);
        }

        private RuleFormula adam(double eta, double beta1, double beta2, double epsilon) {
            double b1 = T(beta1);
            double b2 = T(beta2);
            return elementwise(
                    n,
                    (g, x, s, t) -> {
                        s[0] = b1 * s[0] + (1 - b1) * g;
                        s[1] = b2 * s[1] + (1 - b2) * g * g;
                        double m = s[0] / (1 - Math.pow(b1, t));
                        double v = s[1] / (1 - Math.pow(b2, t));
                        return m / (Math.sqrt(v) + T(epsilon)) * T(eta);
                    },
                    0,
                    0);
        }

        private RuleFormula rAdam(double eta, double b1, double b2, double epsilon) {
            double limit = 2 / (1 - b2) - 1;
            return elementwise(
                    n,
                    (g, x, s, t) -> {
                        s[0] = b1 * s[0] + (1 - b1) * g;
                        s[1] = b2 * s[1] + (1 - b2) * g * g;
                        double m = s[0] / (1 - Math.pow(b1, t));
                        double rho = limit - 2 * t * Math.pow(b2, t) / (1 - Math.pow(b2, t));
                        if (rho <= 4) {
                            return eta * m;
                        }
                        double r = Math.sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho));
                        return eta * r * m / (Math.sqrt(s[1] / (1 - Math.pow(b2, t))) + epsilon);
                    },
                    0,
                    0);
        }

        private RuleFormula adaMax(double eta, double b1, double b2, double epsilon) {
            return elementwise(
                    n,
                    (g, x, s, t) -> {
                        s[0] = b1 * s[0] + (1 - b1) * g;
                        s[1] = Math.max(b2 * s[1], Math.abs(g));
                        return eta / (1 - Math.pow(b1, t)) * s[0] / (s[1] + epsilon);
                    },
                    0,
                    0);
        }

        private RuleFormula adaDelta(double rho, double epsilon) {
            return elementwise(
                    n,
                    (g, x, s, t) -> {
                        s[0] = rho * s[0] + (1 - rho) * g * g;
                        double step = g * Math.sqrt(s[1] + epsilon) / Math.sqrt(s[0] + epsilon);
                        s[1] = rho * s[1] + (1 - rho) * step * step;
                        return step;
                    },
                    0,
                    0);
        }

        private RuleFormula amsGrad(double eta, double b1, double b2, double epsilon) {
            return elementwise(
                    n,
                    (g, x, s, t) -> {
                        s[0] = b1 * s[0] + (1 - b1) * g;
                        s[1] = b2 * s[1] + (1 - b2) * g * g;
                        s[2] = Math.max(s[2], s[1]);
                        return eta * s[0] / (Math.sqrt(s[2]) + epsilon);
                    },
                    epsilon,
                    epsilon,
                    epsilon);
        }

        private RuleFormula nAdam(double eta, double b1, double b2, double epsilon) {
            return elementwise(
                    n,
                    (g, x, s, t) -> {
                        s[0] = b1 * s[0] + (1 - b1) * g;
                        s[1] = b2 * s[1] + (1 - b2) * g * g;
                        double m = b1 * s[0] / (1 - Math.pow(b1, t + 1)) + (1 - b1) * g / (1 - Math.pow(b1, t));
                        return m / (Math.sqrt(s[1] * b2 / (1 - Math.pow(b2, t))) + epsilon) * eta;
                    },
                    0,
                    0);
        }

        private RuleFormula adaBelief(double eta, double b1, double b2, double epsilon) {
            return elementwise(
                    n,
                    (g, x, s, t) -> {
                        s[0] = b1 * s[0] + (1 - b1) * g;
                        s[1] = b2 * s[1] + (1 - b2) * (g - s[0]) * (g - s[0]) + epsilon;
                        double m = s[0] / (1 - Math.pow(b1, t));
                        return eta * m / (Math.sqrt(s[1] / (1 - Math.pow(b2, t))) + epsilon);
                    },
                    0,
                    0);
        }

        private RuleFormula clipNorm(double omega, double p) {
            return (d, x) -> {
                double norm = p == Double.POSITIVE_INFINITY
                        ? Arrays.stream(d).map(Math::abs).max().orElseThrow()
                        : Math.pow(
                                Arrays.stream(d)
                                        .map(g -> Math.pow(Math.abs(g), p))
                                        .sum(),
                                1 / p);
                double factor = norm > omega ? omega / norm : 1;
                Arrays.setAll(d, i -> d[i] * factor);
                return true;
            };
        }

        private RuleFormula accumGrad(int count) {
            double[] sum = new double[n];
            int[] seen = {0};
            return (d, x) -> {
                seen[0] = seen[0] % count + 1;
                for (int i = 0; i < n; i++) {
                    sum[i] = (seen[0] == 1 ? 0 : sum[i]) + d[i] / count;
                    d[i] = sum[i];
                }
                return seen[0] == count;
            };
        }
    }
}
