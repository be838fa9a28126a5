import static io.github.flux4j.learn.Learn.*;

import io.github.flux4j.table.Table;
import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.learn.Evaluation;
import io.github.flux4j.learn.FittedRegressor;
import java.nio.file.Path;

/**
 * A table of your own, such as one of houses and their prices: how well its numbers can be predicted, a model of it, and a page that shows how good
 * the model is. Gaps and text need nothing done to them.
 *
 * <p>scripts/flux4j run src/site/examples/OwnTable.java DATA.csv TARGET [REPORT.html]
 */
public class OwnTable {

    public static void main(String[] args) throws Exception {
        Table table = Table.read(Path.of(args.length > 0 ? args[0] : "src/site/data/auto-mpg.csv"));
        String target = args.length > 1 ? args[1] : "Miles_per_Gallon";
        System.out.println(table.summary(target));

        Evaluation folds = crossValidate(regressor().seed(1), table, target, kfold(5));
        System.out.println(folds);
        System.out.println("better than a straight line by " + (folds.yardstick(Metrics.RMS) - folds.mean(Metrics.RMS)));

        FittedRegressor model = regressor().seed(1).fit(table, target);
        System.out.println(model.report());
        System.out.println("the first row: " + model.predict(table.rows(0))[0] + ", with a probability of 0.9 from "
                + model.intervals(table.rows(0), 0.9)[0][0] + " to " + model.intervals(table.rows(0), 0.9)[0][1]);

        Path report = Path.of(args.length > 2 ? args[2] : "report.html");
        model.report().page().writeTo(report);
        System.out.println("report: " + report);
    }
}
