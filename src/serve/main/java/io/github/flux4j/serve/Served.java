package io.github.flux4j.serve;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.predict.Predictor;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A model file as those see it who want predictions. Immutable; for any thread.
 *
 * @param name the file's
 * @param predictor what predicts
 * @param quality how good it is, by its own report
 * @param inputs the columns that it takes
 */
public record Served(String name, Predictor predictor, Quality quality, Inputs inputs) {

    /**
     * Reads a file.
     *
     * @throws ModelFileException if it is no model file, or none of a model that takes named columns or a fixed count of numbers
     */
    public static Served load(Path file) throws IOException {
        Predictor predictor = Predictor.load(file);
        try {
            return of(String.valueOf(file.getFileName()), predictor);
        } catch (ModelFileException e) {
            throw e.in(file.toString());
        }
    }

    private static Served of(String name, Predictor predictor) throws ModelFileException {
        if (predictor.inputs() == 0) {
            throw new ModelFileException(
                    "a model of a fixed count of numbers was expected, but this one is a function of"
                            + " any; save one that has a layer with weights");
        }
        return new Served(name, predictor, Quality.of(predictor), Inputs.of(predictor));
    }
}
