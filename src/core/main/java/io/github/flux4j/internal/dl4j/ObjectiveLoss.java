package io.github.flux4j.internal.dl4j;

import io.github.flux4j.saved.FluxLoss;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The first name of {@link FluxLoss}, which old files contain. */
final class ObjectiveLoss extends FluxLoss {

    private static final long serialVersionUID = 1;

    @JsonCreator
    ObjectiveLoss(@JsonProperty("loss") String text) {
        super(text);
    }
}
