package io.github.flux4j.internal.model;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Target;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.format.Place;
import io.github.flux4j.internal.network.Formulas;
import io.github.flux4j.internal.network.ForwardPass;
import io.github.flux4j.internal.network.Pointwise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** Networks that answer together: with the mean of their outputs, or of their probabilities. */
public final class Ensemble {

    private final List<ForwardPass> networks;
    private final Target target;

    private Ensemble(List<ForwardPass> networks, Target target) {
        this.networks = List.copyOf(networks);
        this.target = target;
    }

    /**
     * Takes the networks of a model file.
     *
     * @param width the number of prepared features; 0 for the networks' own rows
     */
    public static Ensemble of(ModelFile file, int width) throws ModelFileException {
        List<ForwardPass> networks = new ArrayList<>();
        for (Place network : file.structure().networks()) {
            networks.add(ForwardPass.of(network, file.structure().type() == Tensor.Type.F32, file.tensors()));
        }
        Ensemble ensemble = new Ensemble(networks, file.target());
        ensemble.requireFitting(file, width);
        return ensemble;
    }

    private void requireFitting(ModelFile file, int width) throws ModelFileException {
        if (networks.isEmpty()) {
            throw new ModelFileException("expected a model that predicts, but this file of kind "
                    + ModelFileException.shown(file.kind()) + " has no network; read it with the class that wrote it");
        }
        for (ForwardPass network : networks) {
            int inputs = network.inputs();
            int outputs = network.outputs(width);
            boolean isLikeFirst =
                    inputs == inputs() && network.outputs(1) == networks.get(0).outputs(1);
            if (!isLikeFirst
                    || width != 0 && (inputs != 0 && inputs != width || network.least() > width)
                    || outputs != 0 && !fits(file, outputs)) {
                throw ModelFileException.foreign("all networks must fit the features and the target " + target.names()
                        + ", but one takes " + inputs + " numbers and gives " + outputs);
            }
        }
    }

    /** A fitted classifier has an output for each class; other models may have one for two classes. */
    private boolean fits(ModelFile file, int outputs) {
        boolean areClasses = target instanceof Target.Classes;
        return target.fits(outputs)
                && (!file.isFitted()
                        || areClasses == file.kind().equals("classifier") && target.size(outputs) == outputs);
    }

    /** The meaning of their outputs. */
    public Target target() {
        return target;
    }

    /** The number of features that a row must have, or 0 if any number will do. */
    public int inputs() {
        return networks.get(0).inputs();
    }

    /** The least number of features that a row must have. */
    public int least() {
        return networks.stream().mapToInt(ForwardPass::least).max().orElse(0);
    }

    /** The number of predictions for a row with this number of features. */
    public int outputs(int features) {
        return target.size(networks.get(0).outputs(features));
    }

    /** The number of networks. */
    public int size() {
        return networks.size();
    }

    /** The networks' common answer for each row. */
    public double[][] run(double[][] rows) {
        return run(rows, (votes, network) -> {});
    }

    /** The listener receives each network's votes with its number, before they are summed. */
    double[][] run(double[][] rows, ObjIntConsumer<double[][]> listener) {
        double[][] sums = null;
        for (int i = 0; i < networks.size(); i++) {
            double[][] votes = votes(networks.get(i), rows);
            listener.accept(votes, i);
            sums = i == 0 ? votes : sum(sums, votes);
        }
        for (double[] sum : sums) {
            target.result(divided(sum));
        }
        return sums;
    }

    private double[][] votes(ForwardPass network, double[][] rows) {
        double[][] votes = network.run(rows);
        for (int r = 0; r < votes.length; r++) {
            for (int j = 0; target != Target.NONE && j < votes[r].length; j++) {
                requireFinite(votes[r][j], r);
            }
            votes[r] = target instanceof Target.Classes classes ? probabilities(classes, votes[r]) : votes[r];
        }
        return votes;
    }

    /** Throws unless what a network says of a row of finite numbers is one, too. */
    public static void requireFinite(double vote, int row) {
        if (!Double.isFinite(vote)) {
            throw new IllegalArgumentException(
                    "row " + row + ": the model predicts " + vote
                            + ", though the row is finite. Look for values far outside the range of training, or fit and save the model again");
        }
    }

    private static double[] probabilities(Target.Classes classes, double... outputs) {
        if (outputs.length == 1) {
            double second = classes.areLogits() ? Formulas.sigmoid(outputs[0]) : outputs[0];
            return new double[] {1 - second, second};
        }
        if (classes.areLogits()) {
            Pointwise.softmax(outputs);
        }
        return outputs;
    }

    private static double[][] sum(double[][] sums, double[][] votes) {
        for (int r = 0; r < sums.length; r++) {
            for (int j = 0; j < sums[r].length; j++) {
                sums[r][j] += votes[r][j];
            }
        }
        return sums;
    }

    private double[] divided(double... sum) {
        for (int j = 0; j < sum.length && networks.size() > 1; j++) {
            sum[j] /= networks.size();
        }
        return sum;
    }
}
