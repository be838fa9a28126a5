package io.github.flux4j.fit;

import static io.github.flux4j.Flux4j.TANH;
import static io.github.flux4j.learn.Learn.linear;
import static io.github.flux4j.learn.Learn.mlp;
import static io.github.flux4j.learn.Learn.shortNet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks from text, for 3 inputs and 2 outputs. */
class NetworkTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dense | Chain(Dense(3 => 2))",
                "dense(8, relu) | Chain(Dense(3 => 8, relu), Dense(8 => 2))",
                "dense(8, relu), dense | Chain(Dense(3 => 8, relu), Dense(8 => 2))",
                "dense(8, relu), dropout(0.1) | Chain(Dense(3 => 8, relu), Dropout(0.1), Dense(8 => 2))",
                "dense(8), dense(sigmoid) | Chain(Dense(3 => 8), Dense(8 => 2, sigmoid))",
                "shortNet(5, 0.5) | Chain(Dense(3 => 5, sigmoid), Dropout(0.5), Dense(5 => 2))",
                "shortNet(0, 0.5) | Chain(Dense(3 => 2, sigmoid), Dropout(0.5), Dense(2 => 2))"
            })
    void textGivesLayers(String text, String layers) {
        Network network = Network.of(text);
        assertThat(network.build(3, 2).inOneLine()).isEqualTo(layers);
        assertThat(Network.of(network.text()).build(3, 2).inOneLine()).isEqualTo(layers);
    }

    @Test
    void wordsGiveNetworks() {
        assertThat(mlp(8, 4).text()).isEqualTo("dense(8, relu), dense(4, relu), dense");
        assertThat(mlp().text()).isEqualTo("dense");
        assertThat(linear(TANH).text()).isEqualTo("dense(tanh)");
        assertThat(shortNet(4, 0.25).text()).isEqualTo("shortNet(4, 0.25)");
    }

    @Test
    void errorsSayWhatIsWrong() {
        assertThatThrownBy(() -> Network.of("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Network.of("dense(8,")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Network.of("densse(8)").build(3, 2)).hasMessageContaining("densse");
        assertThatThrownBy(() -> Network.of("shortNet(8)")).hasMessageContaining("two numbers");
        assertThatThrownBy(() -> shortNet(-1, 0.5)).hasMessageContaining("hidden ≥ 0");
    }
}
