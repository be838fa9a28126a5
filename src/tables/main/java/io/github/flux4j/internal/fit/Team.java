package io.github.flux4j.internal.fit;

import io.github.flux4j.fit.Network;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.internal.prepare.Preparation;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.table.Folds.RowSplit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The networks of a fit, and which rows each is trained on. Where validation rows are given, these judge each network, and all rows are trained on.
 *
 * @param examples to train on
 * @param judged the same rows with the targets by which networks are judged
 * @param division of these rows; null if nothing is held out, or validation rows are
 * @param validation null if there are none
 */
record Team(
        Recipe recipe,
        IntFunction<Network> networks,
        Examples examples,
        Examples judged,
        Division division,
        Examples validation) {

    /** The networks that are to be trained on a table. */
    static Team of(EstimatorSettings told, Prepared data) {
        EstimatorSettings settings = told.forRows(data.learnt().count());
        Recipe recipe = Recipe.of(settings, data.learnt().count());
        boolean all = recipe.patience() == 0 && settings.networks(data.learnt().count()) == 1;
        Network network = network(settings, data);
        return new Team(
                recipe,
                k -> network,
                data.learnt(),
                data.judged(),
                all || data.validation() != null ? null : Division.of(settings, data),
                data.validation());
    }

    /** What is built for prepared rows: layers of inputs, then the network that is asked for. */
    static Network network(EstimatorSettings settings, Prepared data) {
        EstimatorSettings told = settings.forRows(data.learnt().count());
        Preparation seen = data.preparation().curved();
        return InputLayers.of(told, seen, data.learnt().count())
                .before((inputs, outputs) -> checked(told.get(EstimatorSetting.NETWORK), inputs, outputs));
    }

    /** What a network beside a line, trained on these rows alone for as many epochs as a fit's, says of others; null if it diverges. */
    static double[] outer(Trained fit, Network beside, int[] inner, int... outer) {
        int all = fit.data().learnt().count();
        EstimatorSettings settings = fit.settings().forRows(all);
        Recipe recipe = Recipe.of(settings, all).beside().all(fit.outcome().bestEpoch());
        Member member = new Member(
                0,
                recipe,
                beside,
                fit.data().learnt(),
                inner,
                new LeftOut(fit.data().judged(), outer));
        try {
            Outcome outcome = new Joint(List.of(member), recipe, epoch -> {}, new Stop(null)).train();
            return outcome.isCutShort() ? null : outcome.leftOut().get(0).outputs();
        } catch (ArithmeticException diverged) {
            return null;
        }
    }

    /** The same from copies of these networks on, one after another. */
    Team from(List<Layer> networks) {
        AtomicInteger next = new AtomicInteger();
        return new Team(
                Beside.isOne(networks.get(0), examples.inputs()) ? recipe.beside() : recipe,
                k -> (inputs, outputs) -> Layer.copyOf(networks.get(next.getAndIncrement() % networks.size())),
                examples,
                judged,
                division,
                validation);
    }

    /** The same beside lines: that of its share for each, or that of all rows. */
    Team beside(Straight straight) {
        Prepared data = straight.data();
        return new Team(
                recipe.beside(),
                k -> Beside.of(networks.apply(k), straight, straight.line(k), straight.size()),
                data.learnt(),
                data.judged(),
                division,
                data.validation());
    }

    /** What the last of its networks, so many of them, say of what they hold out; null if the time is over, or they diverge. */
    Outcome tried(int count, Stop stop) {
        List<Member> members = members(count);
        List<Member> last = members.subList(Math.max(0, members.size() - count), members.size());
        try {
            Outcome tried = new Joint(last, recipe, epoch -> {}, stop).train();
            return tried.isCutShort() ? null : tried;
        } catch (ArithmeticException diverged) {
            return null;
        }
    }

    /** So many networks, or as many as the division has. */
    List<Member> members(int networks) {
        if (validation != null) {
            return of(recipe, networks, true, k -> examples.rows(), k -> new LeftOut(validation, validation.rows()));
        }
        if (division == null) {
            return ofAllRows(recipe, 1);
        }
        List<RowSplit> splits = division.splits();
        return of(
                recipe,
                splits.size(),
                false,
                k -> splits.get(k).train(),
                k -> new LeftOut(judged, splits.get(k).test()));
    }

    /** Of all rows, so that nothing is held out. */
    List<Member> ofAllRows(Recipe recipe, int networks) {
        return of(recipe, networks, true, k -> examples.rows(), k -> new LeftOut(judged));
    }

    private List<Member> of(
            Recipe how, int count, boolean isOfAll, IntFunction<int[]> rows, IntFunction<LeftOut> leftOut) {
        return IntStream.range(0, count)
                .mapToObj(k ->
                        new Member(k, how, networks.apply(isOfAll ? -1 : k), examples, rows.apply(k), leftOut.apply(k)))
                .toList();
    }

    /** What the network's maker gives, once it is sure that it fits. */
    private static Layer checked(Network network, int inputs, int outputs) {
        Layer built = network.build(inputs, outputs);
        if (built == null) {
            throw new IllegalArgumentException(
                    "the lambda returned null in place of a network; return a new layer or chain");
        }
        if (built.inputs() != 0 && built.inputs() != inputs || built.outputSize(inputs) != outputs) {
            throw new IllegalArgumentException("the network must take " + inputs
                    + " features per row, as many as the preparation makes, and give " + outputs
                    + (outputs == 1 ? " number" : " numbers") + ", but is "
                    + built.inOneLine() + "; build it with the numbers that the lambda receives");
        }
        return built;
    }
}
