package io.github.flux4j.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files changed at random: an exception with a sentence, or the same model; no other exception, no error, no memory. */
class MutationsTest {

    @Test
    void aThousandAreRefusedOrMeanTheSame() {
        int accepted = new Mutations(SampleFiles.small(), 2).run(1000);
        assertThat(accepted)
                .as("those with a fitting checksum and a harmless change")
                .isBetween(10, 300);
    }

    @Test
    @Tag("long")
    void hundredThousandAreReadInASmallHeap() throws Exception {
        ChildJvm run = ChildJvm.run(Mutations.class, List.of("-Xmx64m"), "100000");

        assertThat(run.err()).isEmpty();
        assertThat(Integer.parseInt(run.out().strip())).isBetween(1000, 30000);
    }
}
