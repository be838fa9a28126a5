package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.Join;
import io.github.flux4j.engine.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Branches, each with a tape of its own on the node's, and the join of what they give. */
final class FloatBranches implements FloatNode {

    private final List<Operation.Branch> branches;
    private final FloatNode[][] nodes;
    private final FloatJoin join;
    private final int parameters;
    private volatile Widths widths = new Widths(0, 0, new int[0]);

    /** For rows of so many inputs: the columns of y, and those that each branch gives. */
    private record Widths(int inputs, int outputs, int[] ofBranches) {}

    FloatBranches(Operation.Branches operation, int offset) {
        branches = operation.branches().stream().map(FloatBranches::direct).toList();
        nodes = new FloatNode[branches.size()][];
        int at = offset;
        for (int b = 0; b < nodes.length; b++) {
            nodes[b] = FloatNodes.of(branches.get(b).operations(), at);
            at += FloatNodes.parameters(nodes[b]);
        }
        parameters = at - offset;
        join = new FloatJoin(operation.join());
    }

    /** One that does nothing but take columns for a branch of its own is that branch: nobody copies what nobody needs. */
    private static Operation.Branch direct(Operation.Branch branch) {
        return branch.to() == 0
                        && branch.operations().size() == 1
                        && branch.operations().get(0) instanceof Operation.Branches inner
                        && inner.branches().size() == 1
                        && inner.join() == Join.CONCAT
                ? inner.branches().get(0)
                : branch;
    }

    /** What the node keeps on a tape. */
    final class Run {

        private final FloatTape[] tapes = new FloatTape[nodes.length];
        private final float[][] values = new float[nodes.length][];
        private final float[][] slopes = new float[nodes.length][];
        private final FloatJoin.Room room = new FloatJoin.Room();

        private Run(FloatParameters parameters) {
            Arrays.setAll(tapes, b -> new FloatTape(nodes[b], parameters));
        }

        long numbers() {
            return Stream.of(tapes).mapToLong(FloatTape::numbers).sum();
        }
    }

    @Override
    public int parameters() {
        return parameters;
    }

    @Override
    public int outputs(int inputs) {
        return widths(inputs).outputs;
    }

    /** Each run asks the same, so the last answer is kept. */
    private Widths widths(int inputs) {
        Widths known = widths;
        if (known.inputs != inputs) {
            int[] each = new int[nodes.length];
            Arrays.setAll(
                    each, b -> FloatNodes.outputs(nodes[b], branches.get(b).inputs(inputs)));
            known = new Widths(inputs, join.outputs(each), each);
            widths = known;
        }
        return known;
    }

    @Override
    public int numbers(int inputs) {
        long sum = outputs(inputs);
        for (int b = 0; b < nodes.length; b++) {
            int columns = branches.get(b).inputs(inputs);
            sum += columns + FloatNodes.numbers(nodes[b], columns);
        }
        return (int) Math.min(sum, Integer.MAX_VALUE);
    }

    @Override
    public boolean isLarge(int rows) {
        return Stream.of(nodes).anyMatch(branch -> FloatNodes.isLarge(branch, rows));
    }

    @Override
    public boolean rowsAreIndependent() {
        return Stream.of(nodes).allMatch(FloatNodes::rowsAreIndependent);
    }

    @Override
    public boolean mayShareRows() {
        return Stream.of(nodes).flatMap(Stream::of).allMatch(FloatNode::mayShareRows);
    }

    @Override
    public void forward(FloatTape tape, int k) {
        if (tape.note(k) == null) {
            tape.note(k, new Run(tape.parameters()));
        }
        Run run = (Run) tape.note(k);
        int columns = tape.columns(k);
        float[] x = tape.values(k);
        for (int b = 0; b < nodes.length; b++) {
            Operation.Branch branch = branches.get(b);
            int width = branch.inputs(columns);
            float[] part = run.tapes[b].begin(tape, width);
            FloatMatrices.copyColumns(tape.rows(), width, x, branch.from(), columns, part, 0, width);
            run.tapes[b].forward();
            run.values[b] = run.tapes[b].predictions();
        }
        join.forward(run.room, run.values, widths(columns).ofBranches, tape.newValues(k + 1), tape.rows());
    }

    @Override
    public void backward(FloatTape tape, int k, boolean inputs) {
        Run run = (Run) tape.note(k);
        int columns = tape.columns(k);
        for (int b = 0; b < nodes.length; b++) {
            run.slopes[b] = run.tapes[b].predictionSlopes();
        }
        int[] each = widths(columns).ofBranches;
        join.backward(run.room, run.values, each, tape.values(k + 1), tape.slopes(k + 1), run.slopes, tape.rows());
        float[] dx = inputs ? tape.slopes(k) : null;
        if (inputs) {
            Arrays.fill(dx, 0, tape.rows() * columns, 0);
        }
        for (int b = 0; b < nodes.length; b++) {
            run.tapes[b].backward(tape.gradient(), inputs);
            if (inputs) {
                Operation.Branch branch = branches.get(b);
                FloatMatrices.addColumns(
                        tape.rows(), branch.inputs(columns), run.tapes[b].slopes(0), dx, branch.from(), columns);
            }
        }
    }
}
