package io.github.flux4j.optimise;

/** {@link Adam} and the rules with its four numbers. */
public sealed interface AdamLike extends Rule permits AdaBelief, AdaMax, Adam, AdamW, AMSGrad, NAdam, OAdam, RAdam {

    /** The learning rate η. */
    double eta();

    /** Decay β₁ of the first moment. */
    double beta1();

    /** Decay β₂ of the second moment. */
    double beta2();

    /** ε, keeps from dividing by zero. */
    double epsilon();
}
