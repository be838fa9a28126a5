package io.github.flux4j.reliability;

import java.nio.file.Path;
import java.util.List;

/** {@code train --out}, of a table so small that it is over soon. */
final class Killed {

    private Killed() {}

    static Command train(Path model) {
        return Command.of(
                List.of(),
                "train",
                "src/site/data/auto-mpg.csv",
                "--target",
                "Miles_per_Gallon",
                "--epochs",
                "2",
                "--out",
                model.toString());
    }
}
