package io.github.flux4j.internal.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Events of Java's flight recorder, with their duration; they cost next to nothing while nothing records. */
public final class FlightEvents {

    private FlightEvents() {}

    /** A fit of an estimator. */
    @Name("io.github.flux4j.Fit")
    @Label("Fit")
    @Category("flux4j")
    @Description("An estimator was fitted to a table")
    @StackTrace(false)
    public static final class Fit extends Event {
        public int rows;
        public String targets;
    }

    /** An epoch of all networks of an estimator, or of a trainer. */
    @Name("io.github.flux4j.Epoch")
    @Label("Epoch")
    @Category("flux4j")
    @Description("A pass over the data ended")
    @StackTrace(false)
    public static final class Epoch extends Event {
        public int epoch;
        public double loss;

        @Label("held-out loss")
        public double heldOutLoss;

        /** Ends the event, if something records. */
        public void end(int number, double itsLoss, double itsHeldOutLoss) {
            if (shouldCommit()) {
                epoch = number;
                loss = itsLoss;
                heldOutLoss = itsHeldOutLoss;
                commit();
            }
        }
    }

    /** Predictions for the rows of a table. */
    @Name("io.github.flux4j.Predict")
    @Label("Predict")
    @Category("flux4j")
    @Description("A fitted model predicted for the rows of a table")
    @StackTrace(false)
    public static final class Predict extends Event {
        public int rows;
    }

    /** A model file that was read. */
    @Name("io.github.flux4j.ModelLoaded")
    @Label("Model loaded")
    @Category("flux4j")
    @Description("A model file was read")
    @StackTrace(false)
    public static final class ModelLoaded extends Event {
        public String file;
        public String kind;

        /** Ends the event, if something records. */
        public void end(Object path, String itsKind) {
            if (shouldCommit()) {
                file = String.valueOf(path);
                kind = itsKind;
                commit();
            }
        }
    }
}
