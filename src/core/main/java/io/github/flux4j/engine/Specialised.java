package io.github.flux4j.engine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;

/**
 * Copies a loop class for each function that it calls, so that every activation and loss gets the code of a hand-written loop. Thread-safe.
 *
 * <p>Java compiles a loop once for all callers, so a loop that has met several functions dispatches each element's call. A copy holds its function in a
 * constant (its class data), which the JIT inlines.
 */
public final class Specialised {

    private Specialised() {}

    /**
     * Makes an object of a copy of {@code template}, with {@code data} as its class data.
     *
     * @param lookup full access to the template, which has a no-argument constructor and initialises a constant from {@link MethodHandles#classData}
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
