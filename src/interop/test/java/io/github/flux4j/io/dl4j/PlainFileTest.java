package io.github.flux4j.io.dl4j;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Layer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Files of DL4J's own ModelSerializer, and hostile ones. */
class PlainFileTest {

    private static final double FLOAT_SUM = 1e-5;

    @TempDir
    private Path folder;

    private Path file;

    private static final Map<String, byte[]> SOUND = new LinkedHashMap<>();

    @BeforeAll
    static void saveByDl4j(@TempDir Path folder) throws IOException {
        Path sound = folder.resolve("sound.zip");
        ModelSerializer.writeModel(network(DataType.FLOAT), sound.toFile(), true);
        try (ZipFile zip = new ZipFile(sound.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                SOUND.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
    }

    @BeforeEach
    void name() {
        file = folder.resolve("net.zip");
    }

    private static MultiLayerNetwork network(DataType type) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .updater(new Adam(0.01))
                .l2(1e-4)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(5)
                        .activation(new ActivationLReLU(0.2))
                        .dropOut(0.9)
                        .build())
                .layer(new BatchNormalization.Builder().nIn(5).nOut(5).build())
                .layer(new ActivationLayer.Builder()
                        .activation(Activation.SWISH)
                        .build())
                .layer(new DropoutLayer.Builder(0.8).build())
                .layer(new DenseLayer.Builder()
                        .nIn(5)
                        .nOut(6)
                        .hasBias(false)
                        .activation(Activation.TANH)
                        .build())
                .layer(new BatchNormalization.Builder()
                        .nIn(6)
                        .nOut(6)
                        .lockGammaBeta(true)
                        .gamma(1.5)
                        .beta(0.5)
                        .useLogStd(false)
                        .build())
                .layer(new OutputLayer.Builder(new LossMCXENT())
                        .nIn(6)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        for (int i = 0; i < 5; i++) {
            network.fit(
                    random(8, 4, type),
                    Nd4j.eye(3)
                            .get(Nd4j.createFromArray(0, 1, 2, 0, 1, 2, 0, 1))
                            .castTo(type));
        }
        return network;
    }

    private static INDArray random(int rows, int columns, DataType type) {
        Random random = new Random(rows);
        double[] numbers = random.doubles(rows * columns, -2, 2).toArray();
        return Tensors.of(type, numbers, rows, columns);
    }

    /** As the activation of a layer, alone, and at the end. DL4J's hard sigmoid and GELU are others than Flux's. */
    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"GELU", "HARDSIGMOID", "RECTIFIEDTANH"})
    void activationsThatFluxHasNotArePutTogether(Activation activation) throws IOException {
        assertPredictsTheSame(activation.getActivationFunction());
    }

    private void assertPredictsTheSame(IActivation activation) throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(5)
                        .activation(activation)
                        .build())
                .layer(new DenseLayer.Builder()
                        .nIn(5)
                        .nOut(6)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new ActivationLayer.Builder().activation(activation).build())
                .layer(new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(6)
                        .nOut(3)
                        .activation(activation)
                        .build())
                .build());
        network.init();
        ModelSerializer.writeModel(network, file.toFile(), true);
        INDArray x = random(50, 4, DataType.FLOAT).muli(4);
        assertThat(Tensors.toDoubles(Dl4j.read(file).predict(x)))
                .containsExactly(Tensors.toDoubles(network.output(x)), within(FLOAT_SUM));
    }

    /** DL4J's precise GELU computes neither of Flux's two. */
    @Test
    void activationsThatNothingHereComputesAreRefusedByTheirNames() throws IOException {
        for (IActivation other :
                new IActivation[] {new ActivationCube(), new ActivationRationalTanh(), new ActivationGELU(true)}) {
            assertRefused(other);
        }
    }

    private void assertRefused(IActivation activation) throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(2)
                        .nOut(1)
                        .activation(activation)
                        .build())
                .build());
        network.init();
        ModelSerializer.writeModel(network, file.toFile(), true);
        assertThatIOException()
                .isThrownBy(() -> Dl4j.read(file))
                .withMessageContaining(activation.getClass().getSimpleName());
    }

    @Test
    void aTrainedNetworkPredictsTheSame() throws IOException {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            MultiLayerNetwork network = network(type);
            ModelSerializer.writeModel(network, file.toFile(), true);
            Layer read = Dl4j.read(file);
            assertThat(read.dataType()).isEqualTo(type);
            INDArray x = random(7, 4, type);
            assertThat(Tensors.toDoubles(read.predict(x)))
                    .containsExactly(Tensors.toDoubles(network.output(x.dup())), within(FLOAT_SUM));
        }
    }

    @Test
    void aLossLayerAndWhatFlux4jExportedAreRead() throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new LossLayer.Builder()
                        .activation(Activation.SIGMOID)
                        .lossFunction(new org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT())
                        .build())
                .build());
        network.init();
        ModelSerializer.writeModel(network, file.toFile(), false);
        assertThat(Dl4j.read(file).text()).isEqualTo("chain(dense(4, 1), sigmoid)");
        Layer model = chain(dense(2, 3, ELU), batchNorm(3), dense(3, 1));
        Dl4j.export(model, file);
        INDArray x = random(5, 2, DataType.FLOAT);
        assertThat(Dl4j.read(file).predict(x)).isEqualTo(model.predict(x));
    }

    private void refused(String... why) {
        assertThatIOException()
                .isThrownBy(() -> Dl4j.read(file))
                .satisfies(e ->
                        assertThat(e.getMessage()).contains(file.toString()).contains(why));
    }

    @Test
    void otherLayersAreNamed() throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new LSTM.Builder().nIn(2).nOut(3).build())
                .layer(new RnnOutputLayer.Builder()
                        .nIn(3)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .lossFunction(new org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT())
                        .build())
                .build());
        network.init();
        ModelSerializer.writeModel(network, file.toFile(), false);
        refused("layer 0", "LSTM", "expected a DenseLayer");
        edit("activation", text -> text.replace("ActivationTanH", "ActivationRationalTanh"));
        refused("ActivationRationalTanh", "layer 4");
        edit(
                "script",
                text -> text.replace(
                        "org.nd4j.linalg.activations.impl.ActivationTanH", "javax.script.ScriptEngineManager"));
        refused("javax.script.ScriptEngineManager");
        edit(
                "processor",
                text -> text.replace(
                        "\"inputPreProcessors\" : { }", "\"inputPreProcessors\" : { \"0\" : {\"@class\" : \"x\"} }"));
        refused("inputPreProcessors");
    }

    /** The entries of a sound file. */
    private static Map<String, byte[]> entries() {
        return new LinkedHashMap<>(SOUND);
    }

    private void write(Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }

    private void edit(String what, java.util.function.UnaryOperator<String> change) throws IOException {
        Map<String, byte[]> entries = entries();
        String before = new String(entries.get(Dl4j.CONFIGURATION), StandardCharsets.UTF_8);
        String after = change.apply(before);
        assertThat(after).as(what).isNotEqualTo(before);
        entries.put(Dl4j.CONFIGURATION, after.getBytes(StandardCharsets.UTF_8));
        write(entries);
    }

    /** Says if it was ever brought to life. */
    private static final class Bomb implements Serializable {

        private static final long serialVersionUID = 1;

        private static boolean exploded;

        private void readObject(ObjectInputStream in) {
            exploded = true;
        }
    }

    @Test
    void serialisedObjectsAreNeverRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Bomb());
        }
        for (String name : new String[] {"preprocessor.bin", "normalizer.bin", "objects/a", "../../etc/passwd", "/x"}) {
            Map<String, byte[]> entries = entries();
            entries.put(name, bytes.toByteArray());
            write(entries);
            refused(name);
        }
        Map<String, byte[]> entries = entries();
        Layer sound = read(entries);
        entries.put("updaterState.bin", bytes.toByteArray());
        entries.put("updater.bin", bytes.toByteArray());
        INDArray x = random(3, 4, DataType.FLOAT);
        assertThat(read(entries).predict(x)).isEqualTo(sound.predict(x));
        assertThat(Bomb.exploded).isFalse();
    }

    private Layer read(Map<String, byte[]> entries) throws IOException {
        write(entries);
        return Dl4j.read(file);
    }

    @Test
    void zipBombsAreRefusedBeforeRoomIsMadeForThem() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(Dl4j.CONFIGURATION));
            spaces(zip, 17);
            zip.putNextEntry(new ZipEntry(Dl4j.COEFFICIENTS));
        }
        refused("at most 16777216 bytes of configuration");

        Map<String, byte[]> entries = entries();
        entries.remove(Dl4j.COEFFICIENTS);
        String wide = new String(entries.get(Dl4j.CONFIGURATION), StandardCharsets.UTF_8)
                .replace("\"nin\" : 4", "\"nin\" : 16000000");
        entries.put(Dl4j.CONFIGURATION, wide.getBytes(StandardCharsets.UTF_8));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(Dl4j.CONFIGURATION));
            zip.write(entries.get(Dl4j.CONFIGURATION));
            zip.putNextEntry(new ZipEntry(Dl4j.COEFFICIENTS));
            spaces(zip, 4);
        }
        refused("compressed bytes for 800000");
        edit("deep", text -> "{\"confs\":" + "[".repeat(100_000));
        refused("its configuration isn't JSON", "imit");
        edit(
                "many",
                text -> text.replace("\"nin\" : 4", "\"nin\" : 16000000")
                        .replace("\"nout\" : 5", "\"nout\" : 16000000"));
        refused("at most 2³¹ parameters");
    }

    private static void spaces(OutputStream out, int megabytes) throws IOException {
        byte[] spaces = new byte[1 << 20];
        Arrays.fill(spaces, (byte) ' ');
        for (int i = 0; i < megabytes; i++) {
            out.write(spaces);
        }
    }

    @Test
    void cutDamagedAndForeignFilesAreRefused() throws IOException {
        write(entries());
        byte[] whole = Files.readAllBytes(file);
        for (int percent : new int[] {0, 10, 50, 90, 99}) {
            Files.write(file, Arrays.copyOf(whole, whole.length * percent / 100));
            refused("can't be read");
        }
        Map<String, byte[]> entries = entries();
        byte[] numbers = entries.get(Dl4j.COEFFICIENTS);
        entries.put(Dl4j.COEFFICIENTS, Arrays.copyOf(numbers, numbers.length - 3));
        write(entries);
        refused("end too early");
        entries.put(Dl4j.COEFFICIENTS, Arrays.copyOf(numbers, numbers.length + 1));
        write(entries);
        refused("more");
        byte[] huge = numbers.clone();
        huge[18] = 0x7f; // the length of the shape
        entries.put(Dl4j.COEFFICIENTS, huge);
        write(entries);
        refused("the shape of one vector");
        byte[] nan = numbers.clone();
        Arrays.fill(nan, nan.length - 4, nan.length, (byte) 0xff);
        entries.put(Dl4j.COEFFICIENTS, nan);
        write(entries);
        refused("finite parameters");
        edit("another width", text -> text.replaceFirst("\"nin\" : 4", "\"nin\" : 5"));
        refused("parameters of the configuration's layers");
        edit("twice", text -> text.replaceFirst("\\{", "{\"confs\":[],"));
        refused("confs");
        file = folder.resolve("none.zip");
        refused("there is no such file");
        file = Path.of("pom.xml");
        refused("can't be read");
    }

    /** Damage anywhere is one sentence, or a network of sound numbers. */
    @Test
    void manyChangedFilesAreAnIOExceptionOrANetwork() throws IOException {
        write(entries());
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(8);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] changed = whole.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            Files.write(file, changed);
            try {
                Dl4j.read(file);
            } catch (IOException e) {
                refused++;
                assertThat(e.getMessage()).startsWith(file + " can't be read").doesNotContain("\n");
            }
        }
        assertThat(refused).isGreaterThan(100);
    }
}
