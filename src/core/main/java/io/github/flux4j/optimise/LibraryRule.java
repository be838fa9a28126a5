package io.github.flux4j.optimise;

/** A rule of the library: a record, with numbers that tell by their names how much steps can grow. */
interface LibraryRule extends Rule {

    @Override
    default double growth() {
        return Hyperparameters.growth(this);
    }
}
