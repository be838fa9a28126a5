package io.github.flux4j.table;

import java.util.function.ToDoubleFunction;

/** Texts that are numbers or dates, row by row on their way to a column of so many rows. */
final class NumberCells implements Cells {

    private final double[] values;
    private final Numbers.Kind kind;
    private final ToDoubleFunction<String> parser;
    private int size;

    NumberCells(int rows, Numbers.Kind kind, ToDoubleFunction<String> parser) {
        this.values = new double[rows];
        this.kind = kind;
        this.parser = parser;
    }

    @Override
    public void add(String text) {
        values[size++] = text == null ? Double.NaN : parser.applyAsDouble(text);
    }

    @Override
    public Numbers column(String name) {
        return new Numbers(name, values, kind);
    }
}
