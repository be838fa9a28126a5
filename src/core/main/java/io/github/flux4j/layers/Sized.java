package io.github.flux4j.layers;

/** A structure that takes rows of one width and keeps it. */
interface Sized extends Structure {

    int size();

    @Override
    default int inputs() {
        return size();
    }

    @Override
    default int outputs(int inputs) {
        return size();
    }
}
