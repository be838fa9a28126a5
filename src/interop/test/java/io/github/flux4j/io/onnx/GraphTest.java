package io.github.flux4j.io.onnx;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.io.onnx.Graph.Node;
import io.github.flux4j.layers.Layer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Preparation of columns, networks and what is made of their outputs, in one graph; computed by ONNX Runtime. */
class GraphTest {

    private static final double FLOAT32 = 2e-6;

    /** A column of numbers with gaps and one of text, two networks, the mean of their probabilities, and the label. */
    @Test
    void aWholePipelineIsOneGraph() throws Exception {
        Layer one = Networks.filled(chain(dense(3, 4, TANH), dense(4, 2, SOFTMAX)));
        Layer other = Networks.filled(chain(dense(3, 2, SOFTMAX)));
        Map<String, Object> outputs = OnnxRuntime.run(
                pipeline(one, other),
                Map.of(
                        "power", new float[][] {{90}, {Float.NaN}, {130}},
                        "origin", new String[][] {{"USA"}, {"Japan"}, {"Mars"}}));

        INDArray prepared = rows(new double[] {-0.5, 0, 1}, new double[] {0, 1, 0}, new double[] {1.5, 0, 0});
        double[][] expected =
                one.predict(prepared).add(other.predict(prepared)).div(2).toDoubleMatrix();
        float[][] probabilities = (float[][]) outputs.get("probabilities");
        for (int i = 0; i < 3; i++) {
            assertThat((double) probabilities[i][0]).isCloseTo(expected[i][0], within(FLOAT32));
            assertThat(((String[]) outputs.get("label"))[i]).isEqualTo(expected[i][0] >= expected[i][1] ? "no" : "yes");
        }
    }

    private static byte[] pipeline(Layer... networks) {
        Graph graph = Graph.of(DataType.FLOAT);
        String power = graph.input("power", 1);
        String origin = graph.input("origin", DataType.UTF8, 1);
        String filled = graph.add(Node.of("Where", graph.add(Node.of("IsNaN", power)), graph.number(100), power));
        String scaled =
                graph.add(Node.of("Mul", graph.add(Node.of("Sub", filled, graph.number(100))), graph.number(0.05)));
        String hot = graph.add(Node.ofMl("OneHotEncoder", origin)
                .with("cats_strings", List.of("Japan", "USA"))
                .with("zeros", 1));
        String flat = graph.add(Node.of("Flatten", hot).with("axis", 1));
        String x = graph.add(Node.of("Concat", scaled, flat).with("axis", 1));
        String[] each = new String[networks.length];
        for (int i = 0; i < networks.length; i++) {
            Layer network = networks[i];
            each[i] = graph.within("networks." + i, () -> graph.network(network, x));
        }
        String mean = graph.add(Node.of("Mean", each));
        String most = graph.add(Node.of("ArgMax", mean).with("axis", 1).with("keepdims", 0));
        String label = graph.add(Node.ofMl("LabelEncoder", most)
                .with("keys_int64s", List.of(0L, 1L))
                .with("values_strings", List.of("no", "yes")));
        graph.output("probabilities", mean, 2);
        graph.output("label", label, DataType.UTF8, -1);
        graph.property("rows", "3");
        return graph.bytes();
    }

    @Test
    void aTensorCanBeTwoOutputsAndAnInputOne() throws Exception {
        Graph graph = Graph.of(DataType.DOUBLE);
        String x = graph.input("x", 1);
        String twice = graph.add(Node.of("Add", x, x));
        graph.output("a", twice, 1);
        graph.output("b", twice, 1);
        graph.output("c", x, 1);
        Map<String, Object> outputs = OnnxRuntime.run(graph.bytes(), Map.of("x", new double[][] {{3}}));
        assertThat((double[][]) outputs.get("a")).isDeepEqualTo(new double[][] {{6}});
        assertThat((double[][]) outputs.get("b")).isDeepEqualTo(new double[][] {{6}});
        assertThat((double[][]) outputs.get("c")).isDeepEqualTo(new double[][] {{3}});
    }

    @Test
    void whatCantBeInAGraphIsRefused() {
        Graph graph = Graph.of(DataType.FLOAT);
        graph.input("x", 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.input("x", 2))
                .withMessageContaining("'x'");
        assertThatIllegalArgumentException().isThrownBy(() -> graph.input("", 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Graph.of(DataType.FLOAT16))
                .withMessageContaining("HALF");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.network(f64(dense(2, 1)), "x"))
                .withMessageContaining("f32(model)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.add(Node.of("Flatten", "x").with("axis", 1.5f)))
                .withMessageContaining("axis");
    }
}
