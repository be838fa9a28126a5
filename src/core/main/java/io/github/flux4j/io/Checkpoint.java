package io.github.flux4j.io;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.internal.documents.SavedModel;
import io.github.flux4j.internal.files.AtomicFile;
import io.github.flux4j.internal.files.ModelWriter;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.layers.Chance;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.State;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.OptimiserState;
import io.github.flux4j.train.Checkpoints;
import io.github.flux4j.train.Checkpoints.TrainingState;
import io.github.flux4j.values.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model file with everything that training needs to continue bit for bit: the optimiser's state, schedules, random generators and the run's progress.
 *
 * <p>{@code trainer(…).checkpoint(Checkpoint.at(path), 10).resume(Checkpoint.at(path))} writes and reads it. Immutable; don't train a model while you write its
 * checkpoint.
 */
public final class Checkpoint {

    static final String KIND = "checkpoint";

    private static final String GENERATORS = "generators";

    private final ModelFile file;
    private final String where;
    private final Parts parts;
    private final OptimiserState optimiser;
    private final List<Optimiser.Followed> schedules;
    private final TrainingState training;

    private Checkpoint(ModelFile file, String where, Parts parts) throws ModelFileException {
        this.file = file;
        this.where = where;
        this.parts = parts;
        JsonObject json = JsonObject.of("the optimiser", file.document().get(OptimiserJson.SECTION));
        optimiser = OptimiserJson.state(json, file.tensors(), parts);
        schedules = OptimiserJson.schedules(json, parts);
        training = TrainingJson.state(file);
    }

    /**
     * Writes a model and its optimiser.
     *
     * @throws IllegalArgumentException if a part, a rule or a schedule of your own has no name that can be written
     * @throws IOException as {@link Models#save}
     */
    public static void write(Optimiser optimiser, Path file) throws IOException {
        write(optimiser, TrainingState.NONE, file);
    }

    /** Writes a model, its optimiser and a run's state; see {@link #write(Optimiser, Path)}. */
    public static void write(Optimiser optimiser, TrainingState training, Path file) throws IOException {
        Objects.requireNonNull(optimiser, "optimiser is null");
        ModelDocument document = new ModelDocument(KIND).model(optimiser.model());
        OptimiserJson.add(optimiser, document);
        document.put(GENERATORS, Chance.of(optimiser.model()).generators());
        TrainingJson.add(training, document);
        ModelWriter.write(document.file(), Objects.requireNonNull(file, "file is null"));
    }

    /** Names a file for a trainer to write and to continue from. */
    public static Checkpoints at(Path file) {
        return at(file, Parts.NONE);
    }

    /** Names a file for a trainer, with parts of your own; see {@link #at(Path)}. */
    public static Checkpoints at(Path file, Parts parts) {
        return new InFile(Objects.requireNonNull(file, "file is null"), Objects.requireNonNull(parts, "parts is null"));
    }

    /** A trainer's checkpoints in a file, which each one replaces. */
    private record InFile(Path file, Parts parts) implements Checkpoints {

        @Override
        public void requireWritable(Optimiser optimiser) throws IOException {
            AtomicFile.requireWritable(file);
            Checkpoint.requireWritable(optimiser);
        }

        @Override
        public void write(Optimiser optimiser, TrainingState state) throws IOException {
            Checkpoint.write(optimiser, state, file);
        }

        @Override
        public @Nullable TrainingState resume(Optimiser optimiser) throws IOException {
            if (!Files.exists(file)) {
                return null;
            }
            Checkpoint read = Checkpoint.read(file, parts);
            read.into(optimiser);
            return read.training();
        }
    }

    /**
     * Throws if a checkpoint of this optimiser can't be written, whatever its numbers will be.
     *
     * @throws IllegalArgumentException with the part that has no name
     */
    public static void requireWritable(Optimiser optimiser) {
        optimiser.model().structure().fullCall();
        optimiser.rule().text();
        optimiser.followed().forEach(each -> each.schedule().text());
    }

    /** Reads a checkpoint. */
    public static Checkpoint read(Path file) throws IOException {
        return read(file, Parts.NONE);
    }

    /**
     * Reads a checkpoint with parts of your own.
     *
     * @throws ModelFileException if the file is no checkpoint, or can't be read, as {@link Models#load}
     */
    public static Checkpoint read(Path file, Parts parts) throws IOException {
        ModelFile read = ModelFile.read(Objects.requireNonNull(file, "file is null"));
        if (!read.kind().equals(KIND)) {
            throw new ModelFileException(
                    file + ": expected a checkpoint, but this is a " + read.kind() + "; load(path) reads a model");
        }
        try {
            return new Checkpoint(read, file.toString(), Objects.requireNonNull(parts, "parts is null"));
        } catch (IllegalArgumentException | ModelFileException e) {
            throw new ModelFileException(file + ": " + e.getMessage());
        }
    }

    /** Returns the stored run's state. */
    public TrainingState training() {
        return training;
    }

    /** Makes an optimiser with a model in memory of its own; both as they were stored. */
    public Optimiser optimiser() throws IOException {
        try {
            Layer model = new SavedModel(file).model(parts);
            return into(new Optimiser(optimiser.rule(), model));
        } catch (IllegalArgumentException | ModelFileException e) {
            throw new ModelFileException(where + ": " + e.getMessage());
        }
    }

    /**
     * Restores an optimiser and its model; modes stay, and the file's schedules replace all others.
     *
     * @return the optimiser
     * @throws IllegalArgumentException if structure, type or rule differ; nothing is changed then
     */
    public Optimiser into(Optimiser target) throws IOException {
        Layer saved = savedFor(target.model());
        State last = State.of(saved);
        requireBestOf(saved);
        OptimiserState before = target.state();
        try {
            target.load(optimiser).follow(schedules);
            new Chance(TrainingJson.texts(file, GENERATORS)).into(target.model());
        } catch (IllegalArgumentException e) {
            target.load(before);
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
        last.loadInto(target.model());
        return target;
    }

    /** Checks the best state now, not after a night's training. */
    private void requireBestOf(Layer saved) throws ModelFileException {
        try {
            if (training.best() != null) {
                training.best().loadInto(saved);
            }
        } catch (IllegalArgumentException e) {
            throw ModelFileException.foreign(where + ": the best numbers don't fit the model: " + e.getMessage());
        }
    }

    private Layer savedFor(Layer model) throws IOException {
        Layer saved = new SavedModel(file).model(parts);
        if (!saved.structure().equals(model.structure()) || saved.dataType() != model.dataType()) {
            throw new IllegalArgumentException(where + " has " + saved.structure() + " of type " + saved.dataType()
                    + ", but the model to continue with is " + model.structure() + " of type " + model.dataType()
                    + "; build the same model, or train from the start without this file");
        }
        return saved;
    }
}
