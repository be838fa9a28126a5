package io.github.flux4j.internal.dl4j;

import io.github.flux4j.saved.FluxLayer;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The first name of {@link FluxLayer}, which old files contain. */
final class KernelLayer extends FluxLayer {

    private static final long serialVersionUID = 1;

    @JsonCreator
    KernelLayer(
            @JsonProperty("layer") String text,
            @JsonProperty("type") DataType type,
            @JsonProperty("mode") String mode,
            @JsonProperty("statistics") List<double[]> statistics,
            @JsonProperty("generators") List<String> generators) {
        super(text, type, mode, statistics, generators);
    }
}
