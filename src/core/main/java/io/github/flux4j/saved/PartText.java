package io.github.flux4j.saved;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.Origin;
import io.github.flux4j.layers.Layer;
import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;

/** The text of a flux4j part within a DL4J configuration, and its source. DL4J can print a part without text, such as a lambda, but not save it. */
final class PartText {

    private static final String SAVING = "org.deeplearning4j.util.ModelSerializer";

    private PartText() {}

    /**
     * The text, or in a configuration that is only printed a sentence that says why there is none.
     *
     * @throws IllegalArgumentException if it is to be saved and has none
     */
    static String of(Object part, Supplier<String> text) {
        try {
            return text.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            String reason = part + " has no text: " + e.getMessage();
            if (isSaving()) {
                throw new IllegalArgumentException("a network with it can't be saved. " + reason, e);
            }
            return reason;
        }
    }

    /**
     * The operation on rows that a layer's text names, with its stored state.
     *
     * @throws IllegalArgumentException if there is no such layer, or it can't have that state
     */
    static Operation.Rows rows(String text, Origin.Kept kept, DataType type) {
        Layer layer = Layer.copyAs(type, Layer.parse(text));
        layer.port().restore(kept);
        return operation(layer, Operation.Rows.class);
    }

    /** The one operation of a layer, which must be of this kind. */
    static <O extends Operation> O operation(Layer layer, Class<O> kind) {
        List<Operation> operations = layer.port().operations();
        if (operations.size() != 1 || !kind.isInstance(operations.get(0))) {
            throw new IllegalArgumentException(layer.inOneLine() + " was expected to be one operation of kind "
                    + kind.getSimpleName() + ", but is " + operations.size() + " of other kinds");
        }
        return kind.cast(operations.get(0));
    }

    /** Whether DL4J saves; it prints by the same method, and nothing else distinguishes the two. */
    private static boolean isSaving() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(SAVING)));
    }
}
