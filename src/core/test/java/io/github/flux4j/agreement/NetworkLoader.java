package io.github.flux4j.agreement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A program that knows DL4J alone: loads the networks that a file lists, and writes what they predict and what a further step makes of them. */
public final class NetworkLoader {

    /** Five examples. */
    public static final double[][] X = {{0.5, -1}, {1, 0.25}, {-0.5, 0.75}, {2, 1}, {-1, -2}};

    static final double[][] Y = {{0.2, 0.8}, {0.9, 0.1}, {0.4, 0.6}, {0.5, 0.25}, {0.7, 0.3}};

    private NetworkLoader() {}

    /** Reads the list of files, writes a line a file beside it. */
    public static void main(String[] list) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String file : Files.readAllLines(Path.of(list[0]))) {
            lines.add(line(file));
        }
        Files.write(Path.of(list[0] + ".out"), lines);
        System.out.println(hasFlux4j());
    }

    private static String line(String file) {
        try {
            return outcome(ModelSerializer.restoreMultiLayerNetwork(file, true));
        } catch (IOException | RuntimeException e) {
            return e.toString().replace('\n', ' ');
        }
    }

    private static boolean hasFlux4j() {
        try {
            Class.forName("io.github.flux4j.Flux4j");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Predictions, then the parameters after one step and the predictions of these. */
    static String outcome(MultiLayerNetwork network) {
        INDArray before = network.output(features(network));
        network.fit(features(network), Nd4j.create(Y).castTo(network.params().dataType()));
        return numbers(before) + " | " + numbers(network.params()) + " | " + numbers(network.output(features(network)));
    }

    /** Anew each time, since DL4J may overwrite it. */
    private static INDArray features(MultiLayerNetwork network) {
        return Nd4j.create(X).castTo(network.params().dataType());
    }

    private static String numbers(INDArray array) {
        return DoubleStream.of(array.dup('c').data().asDouble())
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(" "));
    }
}
