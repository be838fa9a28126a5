package io.github.flux4j.layers;

/** Whether dropout and batch normalisation behave as in training or as in testing. */
public enum Mode {
    /** As in training while a gradient is computed, otherwise as in testing; the default. */
    AUTO,
    /** Always as in training. */
    TRAIN,
    /** Always as in testing. */
    TEST;

    /** As Flux prints it after a layer's settings; empty for the default. */
    String describe() {
        return this == AUTO ? "" : ", active=" + (this == TRAIN);
    }

    boolean isTraining(boolean gradient) {
        return this == TRAIN || this == AUTO && gradient;
    }
}
