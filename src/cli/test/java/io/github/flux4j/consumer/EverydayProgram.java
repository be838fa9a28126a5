package io.github.flux4j.consumer;

import static io.github.flux4j.Flux4j.*;

import io.github.flux4j.layers.Chain;
import io.github.flux4j.learn.FittedClassifier;
import io.github.flux4j.learn.Learn;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.serve.PredictionServer;
import io.github.flux4j.serve.Served;
import io.github.flux4j.serve.ServerSettings;
import io.github.flux4j.table.Table;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Trains, predicts, saves, loads and serves. */
public final class EverydayProgram {

    private EverydayProgram() {}

    public static void main(String... arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Table iris = Table.read(Path.of("src/site/data/iris.csv"));
        Path fitted = folder.resolve("fitted.flux4j");
        Learn.classifier().epochs(3).networks(2).fit(iris, "species").save(fitted);
        FittedClassifier.load(fitted).predict(iris);
        Predictor.load(fitted);
        Chain chain = chain(dense(2, 3, TANH), dense(3, 1));
        train(MSE, chain, List.of(batch(rows(new double[] {1, 2}), column(1))), setup(adam(), chain));
        save(chain, folder.resolve("chain.flux4j"));
        load(folder.resolve("chain.flux4j")).predict(1, 2);
        ServerSettings any = new ServerSettings("127.0.0.1", 0, 10_000, 10);
        try (PredictionServer server = PredictionServer.start(Served.load(fitted), any);
                InputStream page = server.address().toURL().openStream()) {
            System.out.println(page.readAllBytes().length > 0 ? "served" : "");
        }
    }
}
