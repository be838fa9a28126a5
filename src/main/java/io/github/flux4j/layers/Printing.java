package io.github.flux4j.layers;

import io.github.flux4j.engine.Tensors;
import java.util.Locale;

/** Prints models as Flux does: a leaf in a line, a chain with one line a layer, parameter counts in a column. */
final class Printing {

    private static final int LEAF_COLUMN = 20;
    private static final int CHAIN_COLUMN = 39;
    private static final int TOTAL_COLUMN = 20;

    private Printing() {}

    static String print(Layer model) {
        if (!(model instanceof Chain chain)) {
            String text = model.describe();
            return model.parameterCount() == 0 ? text : text + pad(LEAF_COLUMN - text.length()) + count(model);
        }
        StringBuilder text = new StringBuilder();
        append(text, chain, "", "");
        int arrays = chain.trainables().size();
        if (arrays > 2) {
            text.append(" ".repeat(TOTAL_COLUMN - 1))
                    .append("# Total: ")
                    .append(arrays)
                    .append(" arrays, ")
                    .append(underscored(chain.parameterCount()))
                    .append(" parameters, ")
                    .append(bytes(
                            (long) chain.parameterCount() * chain.dataType().width()))
                    .append('.');
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Layer layer, String indent, String end) {
        if (layer instanceof Chain chain) {
            text.append(indent).append("Chain(\n");
            for (Layer inner : chain) {
                append(text, inner, indent + "  ", ",\n");
            }
            text.append(indent).append(')').append(end);
            return;
        }
        String line = layer.describe();
        text.append(indent).append(line);
        if (layer.parameterCount() > 0) {
            text.append(',')
                    .append(pad(CHAIN_COLUMN - indent.length() - line.length()))
                    .append(count(layer))
                    .append('\n');
        } else {
            text.append(end);
        }
    }

    private static String pad(int width) {
        return " ".repeat(Math.max(2, width));
    }

    private static String count(Layer layer) {
        return "# " + underscored(layer.parameterCount()) + " parameters"
                + health(Tensors.toDoubles(layer.flatParameters()));
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
        return infinite ? "  (some Inf)" : zero ? "  (all zero)" : "";
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
