package io.github.flux4j.internal.records;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How a record's component stands in JSON, where that isn't under its own name, or may be absent. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {

    /** The key; the component's name if it is empty. */
    String value() default "";

    /** Whether an object may lack it: the component is then null, which isn't written. */
    boolean optional() default false;

    /** Whether the component is a record whose own components stand in the object of the record around it. */
    boolean inline() default false;
}
