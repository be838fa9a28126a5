package io.github.flux4j.io.onnx;

import io.github.flux4j.engine.Join;
import io.github.flux4j.layers.Layer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Ways through a graph from one tensor to another: part after part, and two ways that begin at one tensor and are added, multiplied or compared. */
final class Fork {

    private static final int NESTING = 16;
    private static final int JOINS = 1000;

    private static final Map<String, Join> BY_OPERATOR =
            Map.of("Add", Join.SUM, "Sum", Join.SUM, "Mul", Join.PRODUCT, "Max", Join.MAX);

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
                found = found == null ? joined(tensor) : found;
                known.put(tensor, found);
            }
            parts.addFirst(found);
        }
        return parts;
    }

    /** Its branches begin where the ways to its two inputs part. */
    private Recognised.Found joined(String tensor) throws IOException {
        Operator last = wiring.maker(tensor);
        Join join = last == null || last.inputs().size() != 2 ? null : BY_OPERATOR.get(last.type());
        if (join == null) {
            throw Recognised.unknown(last, tensor, wiring);
        }
        if (++begun > JOINS) {
            throw new IOException("more than " + JOINS + " joins of branches lead to one tensor");
        }
        Deque<Recognised.Found> one = way(last.inputs().get(0));
        Deque<Recognised.Found> other = way(last.inputs().get(1));
        begun--;
        while (!one.isEmpty() && !other.isEmpty() && one.getFirst() == other.getFirst()) {
            one.removeFirst();
            other.removeFirst();
        }
        String begin = one.isEmpty() ? last.inputs().get(0) : one.getFirst().x();
        if (!begin.equals(
                other.isEmpty() ? last.inputs().get(1) : other.getFirst().x())) {
            throw Recognised.unknown(last, tensor, wiring);
        }
        int depth = 1
                + Stream.concat(one.stream(), other.stream())
                        .mapToInt(Recognised.Found::depth)
                        .max()
                        .orElse(0);
        if (depth > NESTING) {
            throw new IOException("more than " + NESTING + " branches are nested");
        }
        return new Recognised.Found(width -> draft(join, one, other, width), last, begin, depth);
    }

    private NetworkPart.Draft draft(Join join, Deque<Recognised.Found> one, Deque<Recognised.Found> other, int width)
            throws IOException {
        Assembly left = Assembly.add(one, width, budget);
        Assembly right = Assembly.add(other, width, budget);
        if (left.width() != right.width()) {
            throw new IOException("its branches have " + left.width() + " and " + right.width() + " columns");
        }
        return NetworkPart.Draft.layers(
                left.width(),
                left.isDouble() || right.isDouble(),
                type -> other.isEmpty() || one.isEmpty()
                        ? Layer.skipConnection((one.isEmpty() ? right : left).layers(type), join)
                        : Layer.parallel(join, left.layers(type), right.layers(type)));
    }
}
