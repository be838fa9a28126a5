package io.github.flux4j.io;

import io.github.flux4j.internal.files.AtomicFile;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.train.Checkpoints;
import io.github.flux4j.train.Checkpoints.TrainingState;
import io.github.flux4j.values.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trainer's checkpoints in a file, which each one replaces. */
record CheckpointFile(Path file, Parts parts) implements Checkpoints {

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
    public TrainingState resume(Optimiser optimiser) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        Checkpoint read = Checkpoint.read(file, parts);
        read.into(optimiser);
        return read.training();
    }
}
