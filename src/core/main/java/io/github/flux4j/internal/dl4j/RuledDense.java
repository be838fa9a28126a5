package io.github.flux4j.internal.dl4j;

import io.github.flux4j.saved.FluxDense;

/** The first name of {@link FluxDense}, which stands in files and is read for ever. */
final class RuledDense extends FluxDense {

    private static final long serialVersionUID = 1;
}
