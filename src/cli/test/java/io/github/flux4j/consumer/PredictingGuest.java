package io.github.flux4j.consumer;

import io.github.flux4j.predict.Predictor;
import java.nio.file.Path;
import java.util.Arrays;

/** An application that predicts from a file and has nothing but the small jar. Prints the prediction, the module and what isn't there. */
public final class PredictingGuest {

    private PredictingGuest() {}

    public static void main(String... arguments) throws Exception {
        Predictor predictor = Predictor.load(Path.of(arguments[0]));
        System.out.println(Arrays.toString(predictor.predict(0.5, -1)));
        System.out.println(Predictor.class.getModule().getName());
        for (String name : new String[] {"io.github.flux4j.Flux4j", "org.nd4j.linalg.factory.Nd4j"}) {
            System.out.println(name + (isThere(name) ? " is there" : " is not there"));
        }
    }

    private static boolean isThere(String name) {
        return ClassLoader.getSystemResource(name.replace('.', '/') + ".class") != null;
    }
}
