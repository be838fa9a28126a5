package io.github.flux4j.internal.dl4j;

import io.github.flux4j.saved.FluxOutput;

/** The first name of {@link FluxOutput}, which old files contain. */
final class RuledOutput extends FluxOutput {

    private static final long serialVersionUID = 1;
}
