package io.github.flux4j.spark;

import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import scala.reflect.ClassTag;

/** A process of its own, which does what Java must open packages for, and prints what it can't. */
final class Opens {

    private Opens() {}

    public static void main(String[] arguments) {
        tried("dates", () -> DateTimeUtils.toJavaDate(0));
        tried(
                "Kryo",
                () -> new KryoSerializer(new SparkConf()).newInstance().serialize("", ClassTag.apply(String.class)));
    }

    private static void tried(String what, Supplier<?> action) {
        try {
            action.get();
        } catch (Exception e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            System.out.println(what + ": " + cause.getMessage());
        }
    }
}
