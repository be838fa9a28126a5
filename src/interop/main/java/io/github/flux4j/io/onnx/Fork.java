package io.github.flux4j.io.onnx;

import static io.github.flux4j.io.onnx.Operator.shown;

import io.github.flux4j.engine.Join;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Ways through a graph from one tensor to another: part after part, and sums of two ways that begin at one tensor, as residual blocks have them. */
final class Fork {

    private static final int NESTING = 16;

    private final Wiring wiring;
    private final Assembly.Budget budget = new Assembly.Budget();
    private Map<String, String> dominators;

    Fork(Wiring wiring) {
        this.wiring = wiring;
    }

    Assembly.Budget budget() {
        return budget;
    }

    /**
     * The parts that lead to a tensor, in the order of their computation.
     *
     * @param begin where they begin; null for an input
     */
    Deque<Recognised.Found> way(String begin, String end) throws IOException {
        return way(begin, end, 0);
    }

    private Deque<Recognised.Found> way(String begin, String end, int depth) throws IOException {
        if (depth > NESTING) {
            throw new IOException("more than " + NESTING + " branches lie in each other");
        }
        Deque<Recognised.Found> parts = new ArrayDeque<>();
        String tensor = end;
        while (begin == null ? !wiring.isInput(tensor) : !tensor.equals(begin)) {
            if (wiring.isInput(tensor)) {
                throw new IOException("a branch of " + shown(end) + " doesn't begin at " + shown(begin));
            }
            Recognised.Found found = Recognised.find(tensor, wiring);
            if (found == null) {
                found = sum(tensor, depth);
            }
            parts.addFirst(found);
            tensor = found.x();
        }
        return parts;
    }

    private Recognised.Found sum(String tensor, int depth) throws IOException {
        Operator sum = wiring.maker(tensor);
        boolean isSum = sum != null
                && (sum.type().equals("Add") || sum.type().equals("Sum"))
                && sum.inputs().size() == 2;
        String begin = isSum ? dominators().get(tensor) : null;
        if (begin == null) {
            throw Recognised.unknown(sum, tensor, wiring);
        }
        Deque<Recognised.Found> one = way(begin, sum.inputs().get(0), depth + 1);
        Deque<Recognised.Found> other = way(begin, sum.inputs().get(1), depth + 1);
        return new Recognised.Found(width -> draft(one, other, width), sum, begin);
    }

    private NetworkPart.Draft draft(Deque<Recognised.Found> one, Deque<Recognised.Found> other, int width)
            throws IOException {
        Assembly left = Assembly.add(one, width, budget);
        Assembly right = Assembly.add(other, width, budget);
        if (left.width() != right.width()) {
            throw new IOException("its summands have " + left.width() + " and " + right.width() + " columns");
        }
        boolean isDouble = left.isDouble() || right.isDouble();
        return new NetworkPart.Draft(
                left.width(),
                isDouble,
                (type, activation) -> {
                    Layer sum = other.isEmpty() || one.isEmpty()
                            ? Layer.skipConnection((one.isEmpty() ? right : left).layers(type), Join.SUM)
                            : Layer.parallel(Join.SUM, left.layers(type), right.layers(type));
                    return activation.equals(Activation.IDENTITY) ? sum : Chain.of(sum, activation);
                },
                Activation.IDENTITY);
    }

    /** The nearest tensor that every way to a tensor leads over, for each that is computed. */
    private Map<String, String> dominators() {
        if (dominators == null) {
            dominators = new HashMap<>();
            Map<String, Integer> depths = new HashMap<>();
            for (Operator operator : wiring.operators()) {
                String nearest = null;
                boolean isFirst = true;
                for (String input : operator.inputs()) {
                    if (!input.isEmpty() && !wiring.isStored(input)) {
                        nearest = isFirst ? input : common(nearest, input, depths);
                        isFirst = false;
                    }
                }
                if (nearest != null) {
                    dominators.put(operator.output(), nearest);
                    depths.put(operator.output(), depths.getOrDefault(nearest, 0) + 1);
                }
            }
        }
        return dominators;
    }

    private String common(String one, String other, Map<String, Integer> depths) {
        String a = one;
        String b = other;
        while (a != null && !a.equals(b)) {
            if (b == null || depths.getOrDefault(a, 0) >= depths.getOrDefault(b, 0)) {
                a = dominators.get(a);
            } else {
                b = dominators.get(b);
            }
        }
        return a;
    }
}
