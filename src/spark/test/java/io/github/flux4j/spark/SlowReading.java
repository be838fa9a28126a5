package io.github.flux4j.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.serializers.FieldSerializer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.KryoRegistrator;

/** Makes an executor slow, that on {@link TwoHosts#OTHER}: while a file is there, it takes its time to read the rows that it keeps. */
public final class SlowReading implements KryoRegistrator {

    /** The setting that names the file. */
    static final String FILE = "spark.flux4j.slow";

    /** In which the other executor does all other tasks of a step, and this one's again. */
    private static final long MILLIS = 3000;

    @Override
    public void registerClasses(Kryo kryo) {
        kryo.register(Block.class, new FieldSerializer<Block>(kryo, Block.class) {
            @Override
            public Block read(Kryo reader, Input input, Class<Block> type) {
                if (isSlow()) {
                    pause();
                }
                return super.read(reader, input, type);
            }
        });
    }

    private static boolean isSlow() {
        SparkEnv env = SparkEnv.get();
        return env.blockManager().blockManagerId().host().equals(TwoHosts.OTHER)
                && Files.exists(Path.of(env.conf().get(FILE)));
    }

    private static void pause() {
        try {
            Thread.sleep(MILLIS);
        } catch (InterruptedException e) { // the other attempt was the first to end
            Thread.currentThread().interrupt();
        }
    }
}
