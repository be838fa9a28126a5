package io.github.flux4j.consumer;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * A server with two applications that work at the same time, each with a flux4j of its own, on the server's ND4J. Prints OpenBLAS's threads before
 * and after, with what each application's end was between.
 */
final class Neighbours {

    private Neighbours() {}

    /** Arguments: the jars of the server, for both; those of each application; the application's class. */
    public static void main(String... arguments) throws Exception {
        ClassLoader server = new URLClassLoader(urls(arguments[0]), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(server); // by which ND4J looks for its backend
        Class.forName("org.nd4j.linalg.factory.Nd4j", true, server);
        System.out.println(threads(server));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        List<Future<String>> ends = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ClassLoader own = new URLClassLoader(urls(arguments[1]), server);
            ends.add(pool.submit(() -> end(own, arguments[2])));
        }
        for (Future<String> end : ends) {
            System.out.println(end.get());
        }
        pool.shutdown();
        System.out.println(threads(server));
    }

    private static String end(ClassLoader loader, String application) throws ReflectiveOperationException {
        Thread.currentThread().setContextClassLoader(loader);
        Runnable work =
                (Runnable) loader.loadClass(application).getConstructor().newInstance();
        for (int i = 0; i < 3; i++) {
            work.run();
        }
        return "worked";
    }

    private static Object threads(ClassLoader server) throws ReflectiveOperationException {
        return server.loadClass("org.bytedeco.openblas.global.openblas_full")
                .getMethod("openblas_get_num_threads")
                .invoke(null);
    }

    private static URL[] urls(String classPath) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String path : Stream.of(classPath.split(File.pathSeparator))
                .filter(each -> !each.isEmpty())
                .toList()) {
            urls.add(Path.of(path).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
