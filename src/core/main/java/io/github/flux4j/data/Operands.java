package io.github.flux4j.data;

import io.github.flux4j.engine.Operand;

/**
 * A batch as an engine reads it, for the room of losses. Not for users, who have the arrays.
 *
 * <p>For one thread, as the operands.
 */
public final class Operands {

    private Operands() {}

    /** The features. */
    public static Operand features(Batch batch) {
        return batch.featureOperand();
    }

    /** The targets; null without. */
    public static Operand targets(Batch batch) {
        return batch.targetOperand();
    }
}
