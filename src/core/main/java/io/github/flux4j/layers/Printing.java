package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Prints models as Flux does ({@code _big_show}, {@code _layer_show} and {@code _big_finale} of its {@code src/layers/show.jl}): a leaf in
 * a line, a chain with one line a layer, parameter counts in a column.
 */
final class Printing {

    private static final int LEAF_COLUMN = 20;
    private static final int CHAIN_COLUMN = 39;
    private static final int TOTAL_COLUMN = 20;
    private static final int BUFFER_COLUMN = 10;

    private Printing() {}

    static String print(Layer model) {
        if (!(model instanceof Chain chain)) {
            String text = model.inOneLine();
            return model.parameterCount() == 0
                    ? text
                    : text + pad(LEAF_COLUMN - text.length()) + count(model, " non-trainable");
        }
        StringBuilder text = new StringBuilder();
        append(text, chain, "", "", "");
        return text.append(total(chain)).toString();
    }

    /** The beginning of a layer's line, up to its first setting by name: {@code Dense(2 => 4, tanh}. */
    static String begin(String layer, String size, Activation activation) {
        return layer + "(" + size + (activation.isIdentity() ? "" : ", " + activation.inOneLine());
    }

    static String inOneLine(Chain chain) {
        return IntStream.range(0, chain.size())
                .mapToObj(i -> (chain.isNamed() ? chain.name(i) + " = " : "")
                        + chain.get(i).inOneLine())
                .collect(Collectors.joining(", ", "Chain(", ")"));
    }

    private static String total(Chain chain) {
        int arrays = chain.trainables().size();
        int buffers = chain.buffers().size();
        int others = chain.buffers().stream().mapToInt(Parameter::length).sum();
        if (arrays <= 2) {
            return "";
        }
        String numbers = underscored(chain.parameterCount()) + " parameters,";
        String size = bytes(
                (long) (chain.parameterCount() + others) * chain.dataType().width());
        if (buffers == 0) {
            return pad(TOTAL_COLUMN - 1) + "# Total: " + arrays + " arrays, " + numbers + " " + size + ".";
        }
        return pad(BUFFER_COLUMN - 1) + "# Total: " + arrays + " trainable arrays, " + numbers + "\n"
                + pad(BUFFER_COLUMN) + "# plus " + buffers + " non-trainable, " + underscored(others)
                + " parameters, summarysize " + size + ".";
    }

    private static void append(StringBuilder text, Layer layer, String indent, String name, String end) {
        if (layer instanceof Chain chain) {
            text.append(indent).append(name).append("Chain(\n");
            for (int i = 0; i < chain.size(); i++) {
                append(text, chain.get(i), indent + "  ", chain.isNamed() ? chain.name(i) + " = " : "", ",\n");
            }
            text.append(indent).append(')').append(end);
            return;
        }
        String line = name + layer.inOneLine();
        text.append(indent).append(line);
        if (layer.parameterCount() > 0) {
            text.append(',')
                    .append(pad(CHAIN_COLUMN - indent.length() - line.length()))
                    .append(count(layer, ""))
                    .append('\n');
        } else {
            text.append(end);
        }
    }

    private static String pad(int width) {
        return " ".repeat(Math.max(2, width));
    }

    /**
     * The numbers of a layer, and what is wrong with them.
     *
     * @param words for those that aren't trained; Flux has some only where a layer stands alone
     */
    private static String count(Layer layer, String words) {
        int others = layer.buffers().stream().mapToInt(Parameter::length).sum();
        return "# " + underscored(layer.parameterCount()) + " parameters"
                + (others == 0 ? "" : ", plus " + underscored(others) + words)
                + health(layer.flatParameters());
    }

    private static String health(INDArray parameters) {
        return Lifetime.isOver(parameters) ? "  (closed)" : health(Tensors.toDoubles(parameters));
    }

    private static String health(double[] values) {
        boolean zero = true;
        boolean infinite = false;
        for (double value : values) {
            if (Double.isNaN(value)) {
                return "  (some NaN)";
            }
            zero &= value == 0;
            infinite |= Double.isInfinite(value);
        }
        if (infinite) {
            return "  (some Inf)";
        }
        return zero ? "  (all zero)" : "";
    }

    private static String underscored(int number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '_');
    }

    /** As Julia's {@code format_bytes}, of the parameters alone. */
    private static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        double size = bytes / 1024.0;
        return size < 1024
                ? String.format(Locale.ROOT, "%.3f KiB", size)
                : String.format(Locale.ROOT, "%.3f MiB", size / 1024);
    }
}
