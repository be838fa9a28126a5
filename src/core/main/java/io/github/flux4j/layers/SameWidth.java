package io.github.flux4j.layers;

/** A structure that takes rows of any width, keeps their width, and has no numbers. */
interface SameWidth extends Structure {

    @Override
    default int inputs() {
        return 0;
    }

    @Override
    default int outputs(int inputs) {
        return inputs;
    }

    @Override
    default long numbers() {
        return 0;
    }
}
