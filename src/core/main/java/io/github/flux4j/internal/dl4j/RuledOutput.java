package io.github.flux4j.internal.dl4j;

import io.github.flux4j.saved.FluxOutput;

/** The first name of {@link FluxOutput}, which stands in files and is read for ever. */
final class RuledOutput extends FluxOutput {

    private static final long serialVersionUID = 1;
}
