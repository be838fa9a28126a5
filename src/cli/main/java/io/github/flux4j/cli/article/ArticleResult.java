package io.github.flux4j.cli.article;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How the article's program went, as its JSON has it. Numbers are of the model's type; losses are always Float64.
 *
 * @param initial before any training
 * @param first after one pass over the data
 * @param losses after each of the following passes
 * @param last at the end
 * @param predictions of the test data, at the end
 * @param engine the name of the one that computed
 */
record ArticleResult(
        Moment initial,
        Moment first,
        List<Double> losses,
        @SerializedName("final") Moment last,
        List<Number> predictions,
        String engine) {

    /** The model at one time. */
    record Moment(Number weight, Number bias, double loss) {

        /** The model's value at x. */
        double predict(double x) {
            return weight.doubleValue() * x + bias.doubleValue();
        }
    }

    /** The loss at the start, after the first pass, and after each of the following. */
    double[] allLosses() {
        return DoubleStream.concat(
                        DoubleStream.of(initial.loss(), first.loss()),
                        losses.stream().mapToDouble(Double::doubleValue))
                .toArray();
    }
}
