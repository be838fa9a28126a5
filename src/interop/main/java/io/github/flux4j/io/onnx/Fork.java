package io.github.flux4j.io.onnx;

import io.github.flux4j.engine.Join;
import io.github.flux4j.layers.Layer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Ways through a graph from one tensor to another: part after part, and sums of two ways that begin at one tensor, as residual blocks have them. */
final class Fork {

    private static final int NESTING = 16;
    private static final int SUMS = 1000;

    private final Wiring wiring;
    private final Assembly.Budget budget = new Assembly.Budget();
    private final Map<String, Recognised.Found> known = new HashMap<>();
    private int begun;

    Fork(Wiring wiring) {
        this.wiring = wiring;
    }

    Assembly.Budget budget() {
        return budget;
    }

    /** The parts that lead from an input to a tensor, in the order of their computation. */
    Deque<Recognised.Found> way(String end) throws IOException {
        Deque<Recognised.Found> parts = new ArrayDeque<>();
        for (String tensor = end;
                !wiring.isInput(tensor);
                tensor = parts.getFirst().x()) {
            Recognised.Found found = known.get(tensor);
            if (found == null) {
                found = Recognised.find(tensor, wiring);
                found = found == null ? sum(tensor) : found;
                known.put(tensor, found);
            }
            parts.addFirst(found);
        }
        return parts;
    }

    /** Its branches begin where the ways to its summands part. */
    private Recognised.Found sum(String tensor) throws IOException {
        Operator sum = wiring.maker(tensor);
        if (sum == null
                || !List.of("Add", "Sum").contains(sum.type())
                || sum.inputs().size() != 2) {
            throw Recognised.unknown(sum, tensor, wiring);
        }
        if (++begun > SUMS) {
            throw new IOException("more than " + SUMS + " sums of branches lead to one tensor");
        }
        Deque<Recognised.Found> one = way(sum.inputs().get(0));
        Deque<Recognised.Found> other = way(sum.inputs().get(1));
        begun--;
        while (!one.isEmpty() && !other.isEmpty() && one.getFirst() == other.getFirst()) {
            one.removeFirst();
            other.removeFirst();
        }
        String begin = one.isEmpty() ? sum.inputs().get(0) : one.getFirst().x();
        if (!begin.equals(
                other.isEmpty() ? sum.inputs().get(1) : other.getFirst().x())) {
            throw Recognised.unknown(sum, tensor, wiring);
        }
        int depth = 1
                + Stream.concat(one.stream(), other.stream())
                        .mapToInt(Recognised.Found::depth)
                        .max()
                        .orElse(0);
        if (depth > NESTING) {
            throw new IOException("more than " + NESTING + " branches lie in each other");
        }
        return new Recognised.Found(width -> draft(one, other, width), sum, begin, depth);
    }

    private NetworkPart.Draft draft(Deque<Recognised.Found> one, Deque<Recognised.Found> other, int width)
            throws IOException {
        Assembly left = Assembly.add(one, width, budget);
        Assembly right = Assembly.add(other, width, budget);
        if (left.width() != right.width()) {
            throw new IOException("its summands have " + left.width() + " and " + right.width() + " columns");
        }
        return NetworkPart.Draft.layers(
                left.width(),
                left.isDouble() || right.isDouble(),
                type -> other.isEmpty() || one.isEmpty()
                        ? Layer.skipConnection((one.isEmpty() ? right : left).layers(type), Join.SUM)
                        : Layer.parallel(Join.SUM, left.layers(type), right.layers(type)));
    }
}
