package io.github.flux4j.predict;

import static io.github.flux4j.format.ModelFileException.shown;

import io.github.flux4j.format.Features;
import org.jspecify.annotations.Nullable;

/** Checks the rows that networks receive. */
final class RowGuard {

    /** The least number that rounds to infinity in Float32. */
    private static final double BEYOND_FLOAT32 = 0x1.ffffffp127;

    private static final String FILL = ". Fill or drop such rows before predicting";

    private final int columns;
    private final int least;
    private final int values;
    private final @Nullable Features features;
    private final boolean isFloat32;
    private final boolean hasNumbers;

    /**
     * Makes a guard for rows of this form.
     *
     * @param columns of a row; 0 if any number will do, which the first row then decides
     * @param least columns of a row, where any number from there on will do
     * @param values of a row before its preparation, for messages
     * @param features the preparation, for messages; null if there is none
     * @param hasNumbers whether the model has parameters; without any it is a mere function and takes any number
     */
    RowGuard(int columns, int least, int values, @Nullable Features features, boolean isFloat32, boolean hasNumbers) {
        this.columns = columns;
        this.least = Math.max(1, least);
        this.values = values;
        this.features = features;
        this.isFloat32 = isFloat32;
        this.hasNumbers = hasNumbers;
    }

    boolean isFloat32() {
        return isFloat32;
    }

    /**
     * Throws unless all rows are valid.
     *
     * @throws IllegalArgumentException with the row's number
     */
    void require(double[][] rows) {
        for (int r = 0; r < rows.length; r++) {
            if (rows[r] == null) {
                throw new NullPointerException("row " + r + " of features is null");
            }
            int wanted = columns == 0 ? Math.max(least, rows[0].length) : columns;
            if (rows[r].length != wanted) {
                throw new IllegalArgumentException(
                        "the model expects " + expected() + " per row, but row " + r + " has " + rows[r].length);
            }
            requireFinite(rows[r], r);
        }
    }

    private void requireFinite(double[] row, int r) {
        double limit = isFloat32 ? BEYOND_FLOAT32 : Double.POSITIVE_INFINITY;
        for (int j = 0; hasNumbers && j < row.length; j++) {
            if (!(Math.abs(row[j]) < limit)) {
                throw refusal(r, j, row[j]);
            }
        }
    }

    private IllegalArgumentException refusal(int row, int column, double value) {
        String name = features == null ? String.valueOf(column) : shown(features.column(column));
        String place = "features must be finite, but row " + row + ", column " + name + " is " + value;
        return new IllegalArgumentException(
                Double.isFinite(value)
                        ? place + ", too large for Float32. Scale it down, or save the model in Float64: f64(model)"
                        : place + FILL);
    }

    /** Describes a valid row. */
    String expected() {
        return (values == 0 ? least == 1 ? "some" : "at least " + least : String.valueOf(values))
                + (values == 1 ? " feature" : " features");
    }
}
