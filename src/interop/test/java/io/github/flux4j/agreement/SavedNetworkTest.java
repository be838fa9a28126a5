package io.github.flux4j.agreement;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.Modules;
import io.github.flux4j.io.dl4j.Dl4j;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Layers;
import io.github.flux4j.layers.Mode;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.LossSamples;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Rules;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What {@code network()} gives is saved by DL4J's own ModelSerializer and loaded in another process: with the same predictions, and going on in
 * the same way, to the bit.
 */
class SavedNetworkTest {

    private static final INDArray X = rows(NetworkLoader.X);
    private static final INDArray Y = rows(NetworkLoader.Y);

    private static final double FLOAT_SUM = 2e-5; // products added up in another order

    @TempDir
    static Path folder;

    /** By name what was saved. */
    private static final Map<String, Saved> SAVED = new LinkedHashMap<>();

    /** A file, and what the network did after it was saved. */
    private record Saved(Path file, String configuration, String outcome) {

        boolean needsFlux4j() {
            return configuration.contains("flux4j");
        }
    }

    @BeforeAll
    static void save() throws IOException {
        for (Rules.Known known : Rules.all()) {
            save("rule " + known, plain(), MSE, known.rule());
        }
        for (LossSamples.Sample sample : LossSamples.all()) {
            save("loss " + sample, plain(), sample.loss(), descent(0.05));
        }
        for (Activation activation : activations()) {
            save("activation " + activation, chain(dense(2, 3, activation), activation, dense(3, 2)), MAE, descent());
        }
        for (Layers.Known known : layers()) {
            save("layer " + known.line() + SAVED.size(), known.inChain(), MSE, descent());
        }
        pairs();
        BatchNorm tested = batchNorm(3);
        tested.setMode(Mode.TEST);
        save("batchNorm in test mode", chain(dense(2, 3), tested, dense(3, 2)), MSE, adam());
    }

    /** All with several others. */
    private static void pairs() throws IOException {
        List<Activation> activations = activations();
        List<LossSamples.Sample> losses = LossSamples.all();
        for (int i = 0; i < activations.size(); i += 2) {
            Layer layer = layers().get(i % layers().size()).make().get();
            Chain model = chain(dense(2, 3, activations.get(i)), layer, dense(3, 2, SIGMOID));
            Rule rule = Rules.all().get(i % Rules.all().size()).rule();
            Chain wide = i % 4 == 0 ? model : Layer.copyAs(DataType.DOUBLE, model);
            save(
                    "pair " + i + " of " + wide.text(),
                    wide,
                    losses.get(i % losses.size()).loss(),
                    rule);
        }
    }

    /** Those that draw from the generator of the whole process can't go on in another as they would have here. */
    private static List<Activation> activations() {
        Stream<Activation> numbered =
                Stream.of(elu(0.5), celu(2), leakyrelu(0.2), leakyrelu(1e-8), trelu(0.3), softshrink(2));
        return Stream.concat(Activation.all().stream(), numbered)
                .filter(activation -> activation != RRELU)
                .toList();
    }

    private static List<Layers.Known> layers() {
        return Layers.ofBothEngines().stream()
                .filter(known -> !known.isOwn() && !known.line().startsWith("rrelu"))
                .toList();
    }

    private static Chain plain() {
        seed(41);
        return chain(dense(2, 4, TANH), dense(4, 2, SIGMOID));
    }

    private static MultiLayerNetwork trained(Layer model, LossFunction loss, Rule rule) {
        train(loss, model, List.of(batch(X, Y), batch(X, Y)), setup(rule, model));
        MultiLayerNetwork network = model.network();
        NetworkLoader.outcome(network); // so that the updater has a state
        return network;
    }

    private static void save(String name, Layer model, LossFunction loss, Rule rule) throws IOException {
        MultiLayerNetwork network = trained(model, loss, rule);
        Path file = folder.resolve(SAVED.size() + ".zip");
        ModelSerializer.writeModel(network, file.toFile(), true);
        String configuration = network.getLayerWiseConfigurations().toJson();
        SAVED.put(name, new Saved(file, configuration, NetworkLoader.outcome(network)));
    }

    private static Map<String, String> outcomes(Map<String, Saved> saved) {
        return saved.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().outcome(), (a, b) -> a, LinkedHashMap::new));
    }

    /** What a process with this class path says to these. */
    private static Map<String, String> loaded(Map<String, Saved> saved, String classPath, boolean hasFlux4j)
            throws IOException, InterruptedException {
        Path list = folder.resolve("list-" + hasFlux4j);
        Files.write(
                list,
                saved.values().stream().map(each -> each.file().toString()).toList());
        ChildJvm child = ChildJvm.run(
                classPath,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                NetworkLoader.class.getName(),
                list.toString());
        assertThat(child.out().strip()).as(child.err()).endsWith(String.valueOf(hasFlux4j));
        List<String> lines = Files.readAllLines(Path.of(list + ".out"));
        Map<String, String> outcomes = new LinkedHashMap<>();
        new ArrayList<>(saved.keySet()).forEach(name -> outcomes.put(name, lines.get(outcomes.size())));
        return outcomes;
    }

    @Tag("process")
    @Test
    void isLoadedInAnotherProcessAndGoesOn() throws IOException, InterruptedException {
        assertThat(loaded(SAVED, System.getProperty("java.class.path"), true))
                .containsExactlyEntriesOf(outcomes(SAVED));
    }

    @Tag("process")
    @Test
    void isLoadedWithoutFlux4jWhereOnlyPartsOfDl4jAreLeft() throws IOException, InterruptedException {
        Map<String, Saved> plain = SAVED.entrySet().stream()
                .filter(entry -> !entry.getValue().needsFlux4j())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
        assertThat(plain.keySet())
                .contains(
                        "rule Descent(0.1)",
                        "rule Nesterov(0.001, 0.9)",
                        "rule AdaDelta(0.9, 1.0E-8)",
                        "loss mse",
                        "loss mae",
                        "activation relu",
                        "activation relu6",
                        "activation trelu",
                        "activation softsign",
                        "activation tanh",
                        "activation sigmoid",
                        "activation identity");
        String without = Modules.classPathWithout();

        assertThat(loaded(plain, without, false)).containsExactlyEntriesOf(outcomes(plain));
    }

    @Test
    void aCloneIsTrainedByItself() {
        MultiLayerNetwork network = trained(plain(), MSE, optimiserChain(weightDecay(), adam(0.01)));
        MultiLayerNetwork clone = network.clone();
        INDArray before = network.params().dup();

        String outcome = NetworkLoader.outcome(clone);

        assertThat(network.params()).isEqualTo(before);
        assertThat(NetworkLoader.outcome(network)).isEqualTo(outcome);
    }

    @Test
    void partsWithoutANameCanBePrintedButNotSaved() {
        Activation own = Activation.of("my cube", x -> x * x * x, (x, y) -> 3 * x * x);
        MultiLayerNetwork network = trained(chain(dense(2, 3, own), dense(3, 2)), MSE, (d, p, m, t) -> d.times(0.1));

        assertThat(network.getLayerWiseConfigurations().toJson()).contains("my cube has no text");
        assertThat(network.getLayerWiseConfigurations().toYaml()).contains("my cube has no text");
        assertThatThrownBy(() -> ModelSerializer.writeModel(
                        network, folder.resolve("own.zip").toFile(), true))
                .hasMessageContaining("a network with it can't be saved")
                .hasMessageContaining("has no text");
    }

    @Test
    void partsOfAUsersOwnAreNamedWhereTheyAreMissed() throws IOException {
        MultiLayerNetwork network =
                trained(chain(dense(2, 3), Layer.of("twice", new Layers.Twice()), dense(3, 2)), MSE, descent());
        File file = folder.resolve("twice.zip").toFile();
        ModelSerializer.writeModel(network, file, true);

        assertThatThrownBy(() -> ModelSerializer.restoreMultiLayerNetwork(file))
                .hasStackTraceContaining("a layer named twice is unknown");
    }

    /** Their names must outlive what is internal. */
    @Test
    void filesNameNoInternalClass() {
        assertThat(SAVED.values()).noneMatch(saved -> saved.configuration().contains("flux4j.internal"));
        assertThat(SAVED.values())
                .anyMatch(saved -> saved.configuration().contains("\"io.github.flux4j.saved.FluxLayer\""));
    }

    /** Oracle: what Deeplearning4j restores. */
    @Test
    void theyAreReadAsLayers() throws IOException {
        for (Map.Entry<String, Saved> saved : SAVED.entrySet()) {
            MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(
                    saved.getValue().file().toFile());
            Layer read = Dl4j.read(saved.getValue().file());
            INDArray x = X.castTo(read.dataType());

            assertThat(read.dataType()).isEqualTo(network.params().dataType());
            double[] expected = network.output(x).dup('c').ravel().toDoubleVector();
            assertThat(read.predict(x).ravel().toDoubleVector())
                    .as(saved.getKey())
                    .containsExactly(expected, within(FLOAT_SUM));
        }
    }
}
