package io.github.flux4j.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "many", "0", "2,1", "999999999"})
    void thereAreAsManyAsProcessorsUnlessTheVariableSaysFewer(String variable) {
        assertThat(Threads.most(variable)).isEqualTo(PROCESSORS);
    }

    @Test
    void ompNumThreadsLimitsThem() {
        assertThat(Threads.most("1")).isEqualTo(1);
    }
}
