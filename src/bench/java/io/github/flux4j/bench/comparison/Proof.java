package io.github.flux4j.bench.comparison;

import com.google.gson.GsonBuilder;
import io.github.flux4j.bench.contender.Entrant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A process of its own, with an entrant's settings, that proves its agreement: {@code Proof ENTRANT REFERENCES REPORT PROBLEM…}. */
final class Proof {

    private Proof() {}

    public static void main(String[] args) throws IOException {
        Entrant entrant = Entrant.valueOf(args[0]);
        Path references = Path.of(args[1]);
        List<Agreement> agreements = new ArrayList<>();
        for (String problem : Arrays.asList(args).subList(3, args.length)) {
            agreements.add(Agreement.of(entrant, Problems.named(problem), Reference.read(references.resolve(problem))));
        }
        Files.writeString(
                Path.of(args[2]),
                new GsonBuilder().serializeSpecialFloatingPointValues().create().toJson(agreements));
        // libraries may have left threads that are no daemons
        System.exit(0);
    }
}
