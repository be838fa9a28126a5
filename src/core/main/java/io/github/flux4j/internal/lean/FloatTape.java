package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.Operand;
import io.github.flux4j.internal.arrays.FloatMemory;
import io.github.flux4j.internal.arrays.Tensors;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one run of a program leaves behind, kept and used again: the values between the nodes and the slopes of the loss by them, both
 * {@code [rows, columns]} row by row in Java arrays; and the same values where BLAS can see them, as far as it has asked. Grows to the
 * largest batch, after which nothing is allocated.
 */
final class FloatTape {

    static final DataType TYPE = DataType.FLOAT;

    private final FloatNode[] nodes;
    private final FloatParameters parameters;
    private final int[] columns;
    private final float[][] values;
    private final float[][] sums;
    private final float[][] slopes;
    private final FloatStaging[] stages;
    private final FloatStaging slopeStage = new FloatStaging();
    private final FloatStaging givenInput = new FloatStaging();
    private final FloatStaging ownInput = new FloatStaging();
    private final float[][] weights;
    private final Object[] notes;
    private FloatParameters gradient;
    private FloatView input;
    private INDArray buffer;
    private FloatView bufferView;
    private boolean training;
    private boolean onOneThread;
    private boolean fetched;
    private int rows;
    private long numbers;

    FloatTape(FloatNode[] nodes, FloatParameters parameters) {
        this.nodes = nodes;
        this.parameters = parameters;
        int n = nodes.length;
        columns = new int[n + 1];
        values = new float[n + 1][0];
        sums = new float[n + 1][0];
        slopes = new float[n + 1][0];
        weights = new float[n][0];
        notes = new Object[n];
        stages = new FloatStaging[n + 1];
        for (int k = 0; k <= n; k++) {
            stages[k] = new FloatStaging();
        }
    }

    /** Begins a run on dense features. */
    void begin(FloatView x, boolean isTraining) {
        shape(x.rows(), x.columns());
        input = x;
        givenInput.borrow(input.pointer());
        stages[0] = givenInput;
        start(isTraining);
    }

    /** Begins a run in test mode on some of the rows of dense features. */
    void begin(FloatView x, int first, int count) {
        if (x.isTransposed()) {
            begin(count, x.columns());
            readTransposed(x, first, count);
        } else {
            begin(x.part(first, count), false);
        }
    }

    /** Begins a run in test mode on some of the rows of features given as a Java array, row after row. */
    void begin(float[] x, int xColumns, int first, int count) {
        begin(count, xColumns);
        System.arraycopy(x, first * xColumns, values[0], 0, count * xColumns);
    }

    /** Begins a run as a branch of another's node; returns values 0, to be written. */
    float[] begin(FloatTape whole, int givenColumns) {
        onOneThread = whole.onOneThread;
        begin(whole.rows, givenColumns, whole.training);
        return values[0];
    }

    /** Begins a run in test mode on values 0, for which there is room. */
    private void begin(int givenRows, int givenColumns) {
        begin(givenRows, givenColumns, false);
    }

    private void begin(int givenRows, int givenColumns, boolean isTraining) {
        input = null;
        shape(givenRows, givenColumns);
        start(isTraining);
        room(values, 0);
        fetched = true;
        stages[0] = ownInput;
        ownInput.forget();
    }

    private void readTransposed(FloatView x, int first, int count) {
        float[] column = new float[count];
        for (int j = 0; j < x.columns(); j++) {
            x.memory().read(j * x.rows() + first, column, count);
            for (int i = 0; i < count; i++) {
                values[0][i * x.columns() + j] = column[i];
            }
        }
    }

    /** Lets nobody divide a product of this run: other threads have rows of their own. */
    void stayOnOneThread() {
        onOneThread = true;
    }

    boolean isOnOneThread() {
        return onOneThread;
    }

    /** Forgets the features, which somebody else may want collected. */
    void release() {
        onOneThread = false;
        input = null;
        givenInput.borrow(null);
    }

    /** How many numbers it has room for between the nodes, those of branches included. */
    long numbers() {
        long sum = numbers;
        for (Object note : notes) {
            sum += note instanceof FloatBranches.Run run ? run.numbers() : 0;
        }
        return sum;
    }

    /** A dense view of features, of a copy if need be. */
    FloatView readable(Operand x) {
        FloatView view = FloatView.of(x);
        return view.isDense() ? view : copied(x.array(), view.rows(), view.columns());
    }

    /** Sets the size of each array; mostly it is that of the batch before. */
    private void shape(int newRows, int newColumns) {
        if (newRows == rows && newColumns == columns[0]) {
            return;
        }
        rows = 0; // until all fits
        columns[0] = newColumns;
        int widest = newColumns;
        for (int k = 0; k < nodes.length; k++) {
            columns[k + 1] = nodes[k].outputs(columns[k]);
            widest = Math.max(widest, columns[k + 1]);
        }
        if ((long) newRows * widest > FloatMemory.MOST) {
            throw new IllegalArgumentException("a batch of " + newRows + " rows would have " + (long) newRows * widest
                    + " numbers between two layers, " + widest + " a row, but an array can have at most "
                    + FloatMemory.MOST + "; use fewer rows at a time, dataLoader(x, y).batchSize(…)");
        }
        rows = newRows;
    }

    /**
     * How many predictions there are for these features.
     *
     * @throws IllegalArgumentException if there would be too many numbers between two nodes
     */
    int predictions(int newRows, int newColumns) {
        shape(newRows, newColumns);
        return rows * outputs();
    }

    private void start(boolean isTraining) {
        training = isTraining;
        fetched = false;
        for (int k = 1; k <= nodes.length; k++) {
            stages[k].forget();
        }
    }

    /** Into a buffer used again, one row after another and of the model's type. */
    private FloatView copied(INDArray x, int xRows, int xColumns) {
        if (buffer == null || buffer.rows() != xRows || buffer.columns() != xColumns) {
            INDArray larger = Tensors.zeros(TYPE, xRows, xColumns);
            bufferView = FloatView.of(larger);
            buffer = larger;
        }
        buffer.assign(x);
        return bufferView;
    }

    int rows() {
        return rows;
    }

    int columns(int k) {
        return columns[k];
    }

    int outputs() {
        return columns[nodes.length];
    }

    boolean training() {
        return training;
    }

    /** Values k, to be read; the features are fetched when first asked for. */
    float[] values(int k) {
        if (k == 0) {
            fetch();
        }
        return values[k];
    }

    private void fetch() {
        if (!fetched) {
            input.memory().read(0, room(values, 0), rows * columns[0]);
            fetched = true;
            if (input.isTransposed()) {
                FloatMatrices.transpose(columns[0], rows, values[0].clone(), 0, values[0], 0, columns[0]);
            }
        }
    }

    /** Whether values k lie for BLAS column by column, as features may. */
    boolean isTransposed(int k) {
        return k == 0 && input != null && input.isTransposed();
    }

    /** Values k, to be written. */
    float[] newValues(int k) {
        return room(values, k);
    }

    /** What values k are the activations of, to be read or written. */
    float[] sums(int k) {
        return room(sums, k);
    }

    /** The last values; only those of no nodes are features to be fetched, and without that loop a step compiles to faster code. */
    float[] predictions() {
        return nodes.length == 0 ? values(0) : values[nodes.length];
    }

    /** The slopes of the loss by the predictions. */
    float[] predictionSlopes() {
        return slopes(nodes.length);
    }

    /** Slopes k, to be read or written. */
    float[] slopes(int k) {
        return room(slopes, k);
    }

    private float[] room(float[][] arrays, int k) {
        int n = rows * columns[k];
        if (arrays[k].length < n) {
            numbers += n - arrays[k].length;
            arrays[k] = new float[n];
        }
        return arrays[k];
    }

    /** Values k for BLAS; copied there once a run. */
    FloatPointer staged(int k) {
        return stages[k].stage(values[k], rows * columns[k]);
    }

    /** Where the next node will look for values k, to be written there piece by piece; null if it looks for them in Java. */
    FloatStaging stage(int k) {
        if (k == nodes.length || !nodes[k].isByBlas(rows)) {
            return null;
        }
        stages[k].fill(rows * columns[k]);
        return stages[k];
    }

    /** Room for slopes k + 1 of the node that is running backward, for BLAS. */
    FloatStaging slopeStage(int k) {
        slopeStage.fill(rows * columns[k]);
        return slopeStage;
    }

    FloatParameters parameters() {
        return parameters;
    }

    FloatParameters gradient() {
        return gradient;
    }

    /** Room for node k's parameters as a Java array. */
    float[] weights(int k, int n) {
        if (weights[k].length < n) {
            weights[k] = new float[n];
        }
        return weights[k];
    }

    /** An object of node k's own, null at first. */
    Object note(int k) {
        return notes[k];
    }

    void note(int k, Object note) {
        notes[k] = note;
    }

    /** Features → predictions. */
    void forward() {
        for (int k = 0; k < nodes.length; k++) {
            nodes[k].forward(this, k);
        }
    }

    /** The slopes by the predictions → the gradient of the parameters; nobody wants the gradient by the features. */
    void backward(INDArray into) {
        if (gradient == null || !gradient.isOf(into)) {
            gradient = new FloatParameters(into);
        }
        backward(gradient, false);
    }

    /** As a branch of another tape's node: down to the first node that has parameters or, if wanted, to the slopes by the features. */
    void backward(FloatParameters into, boolean inputs) {
        gradient = into;
        int first = 0;
        while (!inputs && first < nodes.length && nodes[first].parameters() == 0) {
            first++;
        }
        for (int k = nodes.length - 1; k >= first; k--) {
            nodes[k].backward(this, k, inputs || k > first);
        }
    }
}
