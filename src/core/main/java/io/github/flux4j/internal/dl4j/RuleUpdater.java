package io.github.flux4j.internal.dl4j;

import io.github.flux4j.saved.FluxUpdater;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The first name of {@link FluxUpdater}, which old files contain. */
final class RuleUpdater extends FluxUpdater {

    private static final long serialVersionUID = 1;

    @JsonCreator
    RuleUpdater(@JsonProperty("rule") String text) {
        super(text);
    }
}
