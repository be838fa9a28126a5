package io.github.flux4j.consumer;

import static io.github.flux4j.Flux4j.*;

import io.github.flux4j.backend.Backend;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.optimise.Optimiser;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.LoggerFactory;

/** An application that trains, predicts and asks for the facts. Prints which of the given classes are on its class path. */
final class Guest {

    private Guest() {}

    public static void main(String... classes) {
        Stream.of(classes).filter(Guest::isThere).forEach(name -> System.out.println("there is " + name));
        System.out.println(trained("lean"));
        System.out.println(trained("dl4j"));
        System.out.println(Backend.report().libraries().blas().vendor());
        System.out.println(LoggerFactory.getILoggerFactory().getClass().getName());
    }

    private static boolean isThere(String name) {
        return Guest.class.getClassLoader().getResource(name.replace('.', '/') + ".class") != null;
    }

    @SuppressWarnings("try") // the scopes are there to be closed
    private static String trained(String engine) {
        INDArray x = rows(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
        INDArray y = column(0, 1, 1, 0);
        seed(1);
        try (Backend.Scope onEngine = Backend.engine(engine);
                Backend.Scope oneThread = Backend.threads(1)) {
            Chain model = chain(dense(2, 4, TANH), dense(4, 1, SIGMOID));
            Optimiser opt = setup(adam(0.1), model);
            for (int epoch = 1; epoch <= 200; epoch++) {
                train(MSE, model, List.of(batch(x, y)), opt);
            }
            return engine + " learnt " + (MSE.of(model.predict(x), y) < 0.05);
        }
    }
}
