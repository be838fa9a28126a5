package io.github.flux4j.engine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;

/**
 * Copies of a loop class, one for each function it calls. Java compiles a loop once for all callers, so a loop that has met several
 * functions calls each element's through a table. A copy of the class has its function in a constant (its class data), which the JIT
 * inlines: every activation and every loss gets the code that a hand-written loop would have.
 *
 * <p>For any thread.
 */
public final class Specialised {

    private Specialised() {}

    /**
     * A new object of a copy of {@code template}, with {@code data} as its class data.
     *
     * @param lookup full access to the template, which has a no-argument constructor and initialises a constant from
     *     {@link MethodHandles#classData}
     */
    public static <T> T copy(MethodHandles.Lookup lookup, Class<?> template, Object data, Class<T> type) {
        String file = template.getName().substring(template.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = template.getResourceAsStream(file)) {
            Class<?> copy = lookup.defineHiddenClassWithClassData(in.readAllBytes(), data, false)
                    .lookupClass();
            var constructor = copy.getDeclaredConstructor();
            constructor.setAccessible(true);
            return type.cast(constructor.newInstance());
        } catch (IOException | ReflectiveOperationException e) {
            throw new LinkageError("can't copy " + template.getName(), e);
        }
    }
}
