package io.github.flux4j.internal.dl4j;

import io.github.flux4j.saved.FluxDense;

/** The first name of {@link FluxDense}, which old files contain. */
final class RuledDense extends FluxDense {

    private static final long serialVersionUID = 1;
}
