package io.github.flux4j.internal.arrays;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.api.memory.deallocation.DeallocatorService;
import org.nd4j.linalg.factory.Nd4j;

/** Starts ND4J, once, since Java reports only the first time why a class can't be initialised. */
public final class Nd4jStart {

    private static final String SIZE_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";
    private static final String THREADS = "OMP_NUM_THREADS";
    private static final String WORDS_AT_START = "org.nd4j.log.initialization";

    private static final Throwable FAILURE = tried();
    private static final String REASON = FAILURE == null ? null : StartFailure.words(FAILURE);

    private Nd4jStart() {}

    /**
     * Starts ND4J, which otherwise starts with the first array.
     *
     * @throws IllegalStateException if it can't start; the message says why and what to do
     */
    public static void require() {
        if (FAILURE != null) {
            throw new IllegalStateException(REASON, FAILURE);
        }
    }

    /**
     * Sets two system properties meanwhile, unless they are set: JavaCPP must not query the process's size at each native allocation, which takes time, and
     * ND4J must not write a page about itself into the program's log.
     */
    private static Throwable tried() {
        return unlessSet(SIZE_LIMIT, "0", () -> unlessSet(WORDS_AT_START, "false", Nd4jStart::failure));
    }

    private static Throwable failure() {
        try {
            requireThreads(System.getenv(THREADS));
            start();
            return null;
        } catch (Throwable e) { // whatever it is, ND4J's classes are dead from now on
            return e;
        }
    }

    private static void start() throws Throwable {
        ClassLoader its = Nd4j.class.getClassLoader();
        if (its == Nd4jStart.class.getClassLoader()) {
            startHere();
        } else {
            startForMany(its);
        }
    }

    private static void startHere() {
        try {
            Class.forName("org.bytedeco.javacpp.Pointer");
        } catch (ClassNotFoundException | LinkageError e) {
            // the backend that needs it will be missed in its turn
        }
        Nd4j.getBackend();
    }

    /**
     * Starts ND4J in a JDK thread with an empty stack. If several applications of a server share ND4J, it would otherwise keep the first one for ever: its
     * thread's class loader and, until Java 23, the classes on that thread's stack.
     */
    private static void startForMany(ClassLoader its) throws Throwable {
        ND4JClassLoading.setNd4jClassloader(its);
        MethodHandle itsThreads = MethodHandles.publicLookup()
                .findStatic(Nd4j.class, "getDeallocatorService", MethodType.methodType(DeallocatorService.class));
        Supplier<?> start = MethodHandleProxies.asInterfaceInstance(Supplier.class, itsThreads);
        ForkJoinPool pool = new ForkJoinPool(1); // whose thread inherits nothing from this one
        try {
            CompletableFuture.supplyAsync(start, pool).join();
        } catch (CompletionException e) {
            throw e.getCause();
        } finally {
            pool.shutdown();
        }
    }

    /** Refuses 0 threads: ND4J accepts them, and then leaves most results uncomputed. */
    private static void requireThreads(String count) {
        if (count != null && !count.matches("([1-9]\\d*)?")) {
            throw new NumberFormatException("ND4J reads " + THREADS + " as one whole number above 0, but it is " + count
                    + "; set it to 1 or more, or unset it");
        }
    }

    private static Throwable unlessSet(String property, String value, Supplier<Throwable> action) {
        if (System.getProperty(property) != null) {
            return action.get();
        }
        System.setProperty(property, value);
        try {
            return action.get();
        } finally {
            System.clearProperty(property);
        }
    }
}
