package org.example.mpg;

import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.predict.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The model that answers. Its file outlives the service; requests read it while a job writes the next one. */
@Component
class CurrentModel {

    private final Path file;
    private volatile Predictor predictor;

    CurrentModel(@Value("${model}") Path file) throws IOException {
        this.file = file;
        predictor = file.toFile().exists() ? Predictor.load(file) : null;
    }

    Optional<Predictor> get() {
        return Optional.ofNullable(predictor);
    }

    void replaceBy(FittedRegressor model) throws IOException {
        model.save(file); // moved into its place at once, so that a killed service leaves the one before
        predictor = Predictor.load(file);
    }
}
