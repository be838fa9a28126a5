package io.github.flux4j.losses;

import io.github.flux4j.internal.values.Vocabulary;
import io.github.flux4j.losses.LossFunction.Aggregation;
import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** The library's losses by their names in {@code Flux4j}; each takes its numbers, and {@code agg=sum} if it has terms to sum. */
final class LossWords {

    private static final Vocabulary<Aggregation> AGGREGATIONS = new Vocabulary<>(Aggregation.class, "an aggregation")
            .value("mean", Aggregation.MEAN)
            .value("sum", Aggregation.SUM);

    static final Vocabulary<LossFunction> ALL = new Vocabulary<>(LossFunction.class, "a loss")
            .word("mse", plain(Losses.MSE))
            .word("mae", plain(Losses.MAE))
            .word("msle", withEpsilon(Losses.MSLE, Losses::msle))
            .word("huber", withNumber("delta", 1, Losses::huber))
            .word("crossentropy", withEpsilon(Losses.CROSSENTROPY, Losses::crossentropy))
            .word("logitcrossentropy", plain(Losses.LOGITCROSSENTROPY))
            .word("binarycrossentropy", withEpsilon(Losses.BINARYCROSSENTROPY, Losses::binarycrossentropy))
            .word("logitbinarycrossentropy", plain(Losses.LOGITBINARYCROSSENTROPY))
            .word("kldivergence", withEpsilon(Losses.KLDIVERGENCE, Losses::kldivergence))
            .word("poissonLoss", plain(Losses.POISSON_LOSS))
            .word("hingeLoss", plain(Losses.HINGE_LOSS))
            .word("squaredHingeLoss", plain(Losses.SQUARED_HINGE_LOSS))
            .word("diceCoeffLoss", withNumber("smooth", 1, Losses::diceCoeffLoss))
            .word("tverskyLoss", withNumber("beta", 0.7, Losses::tverskyLoss))
            .word("binaryFocalLoss", focal(Losses::binaryFocalLoss, Losses::binaryFocalLoss))
            .word("focalLoss", focal(Losses::focalLoss, Losses::focalLoss))
            .word("siameseContrastiveLoss", withNumber("margin", 1, Losses::siameseContrastiveLoss));

    /** All losses, with their default numbers. */
    static final List<LossFunction> EACH = ALL.names().stream().map(ALL::read).toList();

    private LossWords() {}

    private static Function<Arguments, LossFunction> plain(LossFunction loss) {
        return arguments -> aggregated(loss, arguments);
    }

    private static Function<Arguments, LossFunction> withNumber(
            String name, double usual, DoubleFunction<LossFunction> make) {
        return arguments -> aggregated(make.apply(arguments.number(name, usual)), arguments);
    }

    private static Function<Arguments, LossFunction> withEpsilon(
            LossFunction usual, DoubleFunction<LossFunction> make) {
        return arguments -> aggregated(hasEpsilon(arguments) ? make.apply(arguments.number("eps")) : usual, arguments);
    }

    private static Function<Arguments, LossFunction> focal(
            DoubleFunction<LossFunction> usual, BiFunction<Double, Double, LossFunction> make) {
        return arguments -> {
            double gamma = arguments.number("gamma", 2);
            LossFunction loss = hasEpsilon(arguments) ? make.apply(gamma, arguments.number("eps")) : usual.apply(gamma);
            return aggregated(loss, arguments);
        };
    }

    private static boolean hasEpsilon(Arguments arguments) {
        return arguments.numbersAhead() > 0
                || arguments.left().stream().anyMatch(argument -> "eps".equals(argument.name()));
    }

    /** A loss with nothing to sum leaves the argument, which is then refused. */
    private static LossFunction aggregated(LossFunction loss, Arguments arguments) {
        boolean sums = loss.formula().whole() == null;
        return sums && arguments.value("agg", AGGREGATIONS, Aggregation.MEAN) == Aggregation.SUM ? loss.sum() : loss;
    }

    static Call withAggregation(Call loss, Aggregation aggregation) {
        if (aggregation == Aggregation.MEAN) {
            return loss;
        }
        List<Call.Argument> arguments = new ArrayList<>(loss.arguments());
        arguments.add(new Call.Argument("agg", AGGREGATIONS.call(aggregation)));
        return new Call(loss.name(), arguments);
    }

    /** A loss of the user's own by its name, if text can hold it and no other loss has it. */
    static Call own(String name) {
        if (ALL.names().contains(name) || !name.matches("[\\p{L}_][\\p{L}\\d_.]*")) {
            throw new IllegalArgumentException("text can't hold a loss of your own with the name \"" + name
                    + "\": a name has only letters, digits, _ and ., and is none of the library's; give it"
                    + " another, LossFunction.of(name, …)");
        }
        return Call.of(name);
    }
}
