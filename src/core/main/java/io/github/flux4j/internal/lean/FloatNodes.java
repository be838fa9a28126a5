package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.RandomChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Nodes one after another, made from operations, and what they are together. */
final class FloatNodes {

    /** What computes each kind of operation; there is none for others. */
    static final Map<Class<? extends Operation>, Maker> MAKERS = Map.of(
            Operation.Affine.class, (operation, offset) -> new FloatAffine((Operation.Affine) operation, null, offset),
            Operation.Pointwise.class, (operation, offset) -> new FloatPointwise((Operation.Pointwise) operation),
            Operation.Rows.class, (operation, offset) -> ofRows((Operation.Rows) operation, offset),
            Operation.Branches.class, (operation, offset) -> new FloatBranches((Operation.Branches) operation, offset));

    /** Makes a node whose parameters begin at an offset. */
    interface Maker {
        FloatNode of(Operation operation, int offset);
    }

    private FloatNodes() {}

    private static FloatNode ofRows(Operation.Rows rows, int offset) {
        return rows.kernel() instanceof RandomChoice choice
                ? new FloatRandomChoice(choice)
                : new FloatKernelNode(rows, offset);
    }

    /** Nodes whose parameters begin at an offset. An affine operation and the element-wise one that follows it are one node. */
    static FloatNode[] of(List<Operation> operations, int offset) {
        List<FloatNode> nodes = new ArrayList<>();
        int at = offset;
        for (int i = 0; i < operations.size(); i++) {
            FloatNode node;
            if (operations.get(i) instanceof Operation.Affine affine
                    && i + 1 < operations.size()
                    && operations.get(i + 1) instanceof Operation.Pointwise pointwise) {
                node = new FloatAffine(affine, pointwise.loops(), at);
                i++;
            } else {
                node = MAKERS.get(operations.get(i).getClass()).of(operations.get(i), at);
            }
            at += node.parameters();
            nodes.add(node);
        }
        return nodes.toArray(FloatNode[]::new);
    }

    static int parameters(FloatNode[] nodes) {
        int count = 0;
        for (FloatNode node : nodes) {
            count += node.parameters();
        }
        return count;
    }

    /** How many columns they give. */
    static int outputs(FloatNode[] nodes, int columns) {
        int width = columns;
        for (FloatNode node : nodes) {
            width = node.outputs(width);
        }
        return width;
    }

    /** How many numbers they compute for a row. */
    static long numbers(FloatNode[] nodes, int columns) {
        int width = columns;
        long numbers = 0;
        for (FloatNode node : nodes) {
            numbers += node.numbers(width);
            width = node.outputs(width);
        }
        return numbers;
    }

    static boolean rowsAreIndependent(FloatNode[] nodes) {
        for (FloatNode node : nodes) {
            if (!node.rowsAreIndependent()) {
                return false;
            }
        }
        return true;
    }

    static boolean isLarge(FloatNode[] nodes, int rows) {
        for (FloatNode node : nodes) {
            if (node.isLarge(rows)) {
                return true;
            }
        }
        return false;
    }
}
