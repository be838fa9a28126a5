package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.Program;

/** The prediction from arrays of the other element type, by conversion; a program itself has that of its own. */
abstract class LeanProgram implements Program {

    @Override
    public String engine() {
        return "lean";
    }

    @Override
    public void predict(double[] x, int rows, double[] y) {
        float[] narrow = new float[x.length];
        float[] predictions = new float[y.length];
        for (int i = 0; i < x.length; i++) {
            narrow[i] = (float) x[i];
        }
        predict(narrow, rows, predictions);
        for (int i = 0; i < y.length; i++) {
            y[i] = predictions[i];
        }
    }

    @Override
    public void predict(float[] x, int rows, float[] y) {
        double[] wide = new double[x.length];
        double[] predictions = new double[y.length];
        for (int i = 0; i < x.length; i++) {
            wide[i] = x[i];
        }
        predict(wide, rows, predictions);
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) predictions[i];
        }
    }
}
