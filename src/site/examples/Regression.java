import static io.github.flux4j.Flux4j.*;

import io.github.flux4j.data.Batch;
import io.github.flux4j.table.Table;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.optimise.Descent;
import io.github.flux4j.optimise.Params;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The article's five steps on a table: data, model, loss, rule, training. A line and a small network learn the same numbers by the same procedure.
 *
 * <p>scripts/flux4j run src/site/examples/Regression.java [DATA.csv TARGET]
 */
public class Regression {

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args.length > 0 ? args[0] : "src/site/data/auto-mpg.csv");
        String target = args.length > 1 ? args[1] : "Miles_per_Gallon";
        Data data = Data.of(Table.read(file), target);
        System.out.println(data.names().size() + " columns tell " + target + ", in " + data.x().size() + " rows");

        seed(1);
        int columns = data.names().size();
        System.out.println("a line:    " + learn(chain(dense(columns, 1)), data));
        System.out.println("a network: " + learn(chain(dense(columns, 16, TANH), dense(16, 1)), data));
    }

    /** The one procedure: learns from four fifths of the rows, and gives the error on the others, in units of the target. */
    static double learn(Chain model, Data data) {
        int known = data.x().size() * 4 / 5;
        INDArray xTrain = rows(data.x().subList(0, known).toArray(double[][]::new));
        INDArray yTrain = column(data.y(0, known));
        INDArray xTest = rows(data.x().subList(known, data.x().size()).toArray(double[][]::new));
        INDArray yTest = column(data.y(known, data.x().size()));

        Loss loss = mse(model);
        Params parameters = params(model);
        Descent opt = descent(0.05);
        List<Batch> batches = List.of(batch(xTrain, yTrain));
        for (int epoch = 1; epoch <= 500; epoch++) {
            train(loss, parameters, batches, opt);
        }
        return Math.sqrt(loss.of(xTest, yTest)) * data.deviation(); // the mean square error of the scaled target
    }

    /** Rows without gaps, shuffled; each column, the target too, with mean 0 and standard deviation 1. */
    record Data(List<String> names, List<double[]> x, double[] y, double deviation) {

        static Data of(Table table, String target) {
            List<String> names = table.names().stream()
                    .filter(name -> !name.equals(target) && isNumber(table, name))
                    .toList();
            List<Integer> whole = new ArrayList<>(IntStream.range(0, table.rows())
                    .filter(row -> !table.column(target).isMissing(row)
                            && names.stream().noneMatch(name -> table.column(name).isMissing(row)))
                    .boxed()
                    .toList());
            Collections.shuffle(whole, new Random(1));
            List<double[]> scaled = names.stream().map(name -> scaled(numbers(table, name, whole))).toList();
            List<double[]> x = IntStream.range(0, whole.size())
                    .mapToObj(row -> scaled.stream().mapToDouble(column -> column[row]).toArray())
                    .toList();
            double[] y = numbers(table, target, whole);
            return new Data(names, x, scaled(y), deviation(y));
        }

        private static boolean isNumber(Table table, String name) {
            return table.column(name) instanceof io.github.flux4j.table.Numbers;
        }

        private static double[] numbers(Table table, String name, List<Integer> rows) {
            var column = (io.github.flux4j.table.Numbers) table.column(name);
            return rows.stream().mapToDouble(column::value).toArray();
        }

        private static double[] scaled(double[] values) {
            double mean = DoubleStream.of(values).average().orElseThrow();
            double deviation = deviation(values);
            return DoubleStream.of(values)
                    .map(value -> deviation == 0 ? 0 : (value - mean) / deviation)
                    .toArray();
        }

        private static double deviation(double[] values) {
            double mean = DoubleStream.of(values).average().orElseThrow();
            return Math.sqrt(DoubleStream.of(values)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElseThrow());
        }

        double[] y(int from, int to) {
            return java.util.Arrays.copyOfRange(y, from, to);
        }
    }
}
