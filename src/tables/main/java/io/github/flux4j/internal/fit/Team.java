package io.github.flux4j.internal.fit;

import io.github.flux4j.fit.Network;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.internal.prepare.Seed;
import io.github.flux4j.layers.Layer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The networks of a fit, and which rows each is trained on.
 *
 * <table>
 * <caption>What is left out</caption>
 * <tr><td>several networks</td><td>another share of the rows for each, all shares being all rows</td></tr>
 * <tr><td>one</td><td>a tenth of the rows, from 2000 rows on a fifth; nothing without patience, since nothing depends on it</td></tr>
 * <tr><td>validation rows given</td><td>these, for each network</td></tr>
 * </table>
 *
 * @param examples to train on
 * @param judged the same rows with the targets by which networks are judged
 * @param classes of these, for shares of each class; null if there are none
 * @param validation to be left out instead; null if there is none
 */
record Team(Recipe recipe, Network network, Examples examples, Examples judged, int[] classes, Examples validation) {

    private static final int ORDER = -1;

    /** The networks that are to be trained on a table. */
    static Team of(EstimatorSettings settings, Prepared data) {
        return new Team(
                Recipe.of(settings, data.learnt().count()),
                new Embeddings(data.preparation(), settings.get(EstimatorSetting.EMBEDDINGS))
                        .before(settings.get(EstimatorSetting.NETWORK)),
                data.learnt(),
                data.judged(),
                data.goal().strata(data.intake().table()),
                data.validation());
    }

    /**
     * So many networks.
     *
     * @param stopping ends training
     */
    List<Member> members(int networks, BooleanSupplier stopping) {
        if (validation != null) {
            return of(networks, k -> examples.rows(), k -> new LeftOut(validation, validation.rows()), stopping);
        }
        if (networks == 1 && recipe.patience() == 0) {
            return of(1, k -> examples.rows(), k -> new LeftOut(judged), stopping);
        }
        Partition parts = partition(networks == 1 ? EstimatorSettings.usualNetworks(examples.count()) : networks);
        return of(networks, parts::outOf, k -> new LeftOut(judged, parts.in(k)), stopping);
    }

    private Partition partition(int parts) {
        SplittableRandom random = new SplittableRandom(Seed.mix(recipe.seed(), ORDER));
        return Partition.of(examples.count(), parts, classes, random);
    }

    private List<Member> of(int networks, Rows rows, Shares leftOut, BooleanSupplier stopping) {
        return IntStream.range(0, networks)
                .mapToObj(k -> new Member(k, recipe, this::build, examples, rows.of(k), leftOut.of(k), stopping))
                .toList();
    }

    private interface Rows {
        int[] of(int member);
    }

    private interface Shares {
        LeftOut of(int member);
    }

    /** What the network's maker gives, once it is sure that it fits. */
    private Layer build(int inputs, int outputs) {
        Layer built = network.build(inputs, outputs);
        if (built == null) {
            throw new IllegalArgumentException("the network given as a lambda is null; return a new layer or chain");
        }
        if (built.inputs() != 0 && built.inputs() != inputs || built.outputSize(inputs) != outputs) {
            throw new IllegalArgumentException("the network must take " + inputs
                    + " features a row, as many as there are after"
                    + " preparation, and give " + outputs + (outputs == 1 ? " number" : " numbers") + ", but is "
                    + built.inOneLine() + "; build it of the numbers that the lambda is given");
        }
        return built;
    }
}
