package io.github.flux4j.io.onnx;

import io.github.flux4j.values.Call;

/** Layers before their activation, each as a {@link Formula} of x and of tensors by their names in it. */
final class LayerFormulas {

    static final Call DENSE = Call.parse("Gemm(x, weight, bias, transB=1)");
    static final Call DENSE_WITHOUT_BIAS = Call.parse("Gemm(x, weight, transB=1)");

    static final Call SCALE = Call.parse("Add(Mul(x, scale), bias)");
    static final Call SCALE_WITHOUT_BIAS = Call.parse("Mul(x, scale)");

    /** Each row by its own mean and variance. */
    static final Call ROWS = normalised("axes=1");

    static final Call ROWS_AFFINE = affine(ROWS);

    /** Each column by running statistics; x − μ comes first, since μ may be large. */
    static final Call COLUMNS = Call.parse("Div(Sub(x, mean), Sqrt(Add(variance, epsilon)))");

    static final Call COLUMNS_AFFINE = affine(COLUMNS);

    /** Each column by the mean and variance of the rows that are there. */
    static final Call BATCH = normalised("axes=0");

    static final Call BATCH_AFFINE = affine(BATCH);

    private LayerFormulas() {}

    private static Call normalised(String over) {
        return Call.parse("Div(D, Sqrt(Add(ReduceMean(Mul(D, D), OVER), epsilon)))"
                .replaceAll("\\bD\\b", "Sub(x, ReduceMean(x, OVER))")
                .replace("OVER", over));
    }

    private static Call affine(Call normalised) {
        return Call.parse("Add(Mul(" + normalised + ", scale), bias)");
    }
}
