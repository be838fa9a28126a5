package io.github.flux4j.cli.article;

import io.github.flux4j.optimise.Descent;
import picocli.CommandLine.Option;

/** What the article's program learns, {@code f(x) = slope·x + intercept}, and from where it starts. */
final class ArticleOptions {

    @Option(
            names = "--slope",
            paramLabel = "NUMBER",
            defaultValue = "1",
            converter = OptionConverters.Finite.class,
            description = "Slope of the line to learn (default: ${DEFAULT-VALUE}).")
    double slope;

    @Option(
            names = "--intercept",
            paramLabel = "NUMBER",
            defaultValue = "1",
            converter = OptionConverters.Finite.class,
            description = "Intercept of the line to learn (default: ${DEFAULT-VALUE}).")
    double intercept;

    @Option(
            names = "--train",
            paramLabel = "X,X,...",
            defaultValue = "0,1,2,3,4",
            converter = OptionConverters.Series.Parser.class,
            description = "Inputs to train on (default: ${DEFAULT-VALUE}).")
    OptionConverters.Series train;

    @Option(
            names = "--test",
            paramLabel = "X,X,...",
            defaultValue = "5,6,7,8,9",
            converter = OptionConverters.Series.Parser.class,
            description = "Inputs to predict (default: ${DEFAULT-VALUE}).")
    OptionConverters.Series test;

    @Option(
            names = "--weight",
            paramLabel = "NUMBER",
            converter = OptionConverters.Finite.class,
            description = "Weight to start from (default: random).")
    Double weight;

    @Option(
            names = "--bias",
            paramLabel = "NUMBER",
            converter = OptionConverters.Finite.class,
            description = "Bias to start from (default: 0).")
    Double bias;

    @Option(
            names = "--eta",
            paramLabel = "NUMBER",
            defaultValue = "0.1",
            converter = OptionConverters.Rate.class,
            description = "Learning rate (default: ${DEFAULT-VALUE}).")
    Descent rule;

    @Option(
            names = "--epochs",
            paramLabel = "COUNT",
            defaultValue = "10",
            converter = OptionConverters.Count.class,
            description = "Passes over the data after the first one (default: ${DEFAULT-VALUE}).")
    int epochs;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "Seed of the random weight (default: none).")
    Long seed;

    @Option(names = "--f64", description = "Compute in Float64 (default: Float32).")
    boolean f64;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            converter = OptionConverters.EngineName.class,
            description =
                    "Engine that computes: lean, flux4j's own loops, or dl4j, Deeplearning4j's MultiLayerNetwork (default: the first that can, lean).")
    String engine;
}
