package io.github.flux4j.layers;

/** How layers that differ in training and testing (dropout, batch normalisation) behave. */
public enum Mode {
    /** As in training while a gradient is computed, else as in testing; the default. */
    AUTO,
    /** Always as in training. */
    TRAIN,
    /** Always as in testing. */
    TEST;

    /** As Flux prints it at the end of a layer's settings; nothing for the default. */
    String describe() {
        return this == AUTO ? "" : ", active=" + (this == TRAIN);
    }

    boolean isTraining(boolean gradient) {
        return this == TRAIN || this == AUTO && gradient;
    }
}
