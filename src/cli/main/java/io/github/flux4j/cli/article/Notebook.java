package io.github.flux4j.cli.article;

import io.github.flux4j.layers.Parameter;
import java.io.PrintWriter;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A program shown cell by cell: the source, then what it gives. */
final class Notebook {

    private static final String PROMPT = "> ";

    private final PrintWriter out;

    Notebook(PrintWriter out) {
        this.out = out;
    }

    /** Shows the source, runs it and shows its value. */
    <T> T cell(String source, Supplier<T> run) {
        show(source);
        T value = run.get();
        print(value);
        return value;
    }

    /** Shows the source and runs it. */
    void statement(String source, Runnable run) {
        show(source);
        run.run();
    }

    private void show(String source) {
        out.println(PROMPT + source.replace("\n", "\n" + " ".repeat(PROMPT.length())));
    }

    /** Shows a value; arrays as Julia does. */
    void print(Object value) {
        out.println(value instanceof INDArray array ? new Parameter("value", array, 0).toJulia() : value);
        out.flush();
    }
}
