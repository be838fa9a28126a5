package io.github.flux4j.internal.dl4j;

import io.github.flux4j.saved.FluxActivation;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The first name of {@link FluxActivation}, which old files contain. */
final class PointwiseActivation extends FluxActivation {

    private static final long serialVersionUID = 1;

    @JsonCreator
    PointwiseActivation(@JsonProperty("activation") String text) {
        super(text);
    }
}
