package io.github.flux4j.io.dl4j;

import java.util.List;

/**
 * What became of a model's parts in an export for plain Deeplearning4j, in their order.
 *
 * @param parts each layer and each activation
 */
public record Exported(List<Part> parts) {

    public Exported {
        parts = List.copyOf(parts);
    }

    /**
     * A part of the model.
     *
     * @param layer which of the model's layers, from 0 on
     * @param part what it was, as text
     * @param made the class of Deeplearning4j's that stands for it, without its package; empty if it is left out
     * @param difference the largest between its values and Deeplearning4j's on a grid from −10 to 10: rounding where it is exact. What a layer
     *     computes besides its activation isn't measured and counts as exact
     * @param note what else is to be known; empty if nothing
     */
    public record Part(int layer, String part, String made, double difference, String note) {

        @Override
        public String toString() {
            return "layer " + layer + ": " + part + (made.isEmpty() ? " dropped" : " as " + made)
                    + (difference > 0 ? ", within " + (float) difference : "") + (note.isEmpty() ? "" : ", " + note);
        }
    }

    /** The largest difference of any part. */
    public double difference() {
        return parts.stream().mapToDouble(Part::difference).max().orElse(0);
    }

    /** Those that only come near. */
    public List<Part> approximated() {
        return parts.stream().filter(part -> part.note().startsWith(Twin.NEAR)).toList();
    }

    @Override
    public String toString() {
        return String.join("\n", parts.stream().map(Part::toString).toList());
    }
}
