package io.github.flux4j.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.BiFunction;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.jspecify.annotations.Nullable;

/** A stage of a pipeline as a folder: Spark's metadata and, where it has one, a model file beside them. */
final class StageFiles {

    private static final String MODEL = "model.flux4j";

    private StageFiles() {}

    /** Writes a stage. */
    static final class Writer extends MLWriter {

        private final Params stage;
        private final @Nullable ModelBytes model;

        /** Of a stage without a model if that is null. */
        Writer(Params stage, @Nullable ModelBytes model) {
            this.stage = stage;
            this.model = model;
        }

        @Override
        public void saveImpl(String path) {
            DefaultParamsWriter.saveMetadata(stage, path, sparkSession());
            if (model != null) {
                write(new Path(path, MODEL));
            }
        }

        private void write(Path file) {
            try (OutputStream out = FileSystem.get(
                            file.toUri(), sparkSession().sparkContext().hadoopConfiguration())
                    .create(file)) {
                out.write(model.bytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Reads one. */
    static final class Reader<T extends Params> extends MLReader<T> {

        private final BiFunction<String, @Nullable ModelBytes, T> make;

        /** By what makes it of its uid and its model, which is null if there is none. */
        Reader(BiFunction<String, @Nullable ModelBytes, T> make) {
            this.make = make;
        }

        @Override
        public T load(String path) {
            DefaultParamsReader.Metadata metadata = DefaultParamsReader.loadMetadata(path, sparkSession(), "");
            T stage = make.apply(metadata.uid(), read(new Path(path, MODEL)));
            metadata.getAndSetParams(stage, metadata.getAndSetParams$default$2());
            return stage;
        }

        private @Nullable ModelBytes read(Path file) {
            try {
                FileSystem files = FileSystem.get(
                        file.toUri(), sparkSession().sparkContext().hadoopConfiguration());
                return files.exists(file) ? new ModelBytes(bytes(files, file)) : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static byte[] bytes(FileSystem files, Path file) throws IOException {
            try (InputStream in = files.open(file)) {
                return in.readAllBytes();
            }
        }
    }
}
