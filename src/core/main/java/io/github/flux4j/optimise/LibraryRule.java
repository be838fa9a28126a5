package io.github.flux4j.optimise;

/** A rule of the library's: a record whose numbers say, by their names, how steps can grow. */
interface LibraryRule extends Rule {

    @Override
    default double growth() {
        return Hyperparameters.growth(this);
    }
}
