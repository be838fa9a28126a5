package io.github.flux4j.consumer;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A server that deploys an application, lets it work on a thread of its own pool, and drops it, time after time. Prints after the first and
 * after the last how many class loaders, threads and classes are left.
 */
final class Redeployments {

    /** So many may stay: Java 17 itself keeps a class of the component that it linked last for a record's {@code equals}. */
    private static final int MOST = 1;

    private Redeployments() {}

    /** Arguments: how often; the jars of the server, for all deployments; those of each deployment; the application's class. */
    public static void main(String... arguments) throws Exception {
        int times = Integer.parseInt(arguments[0]);
        ClassLoader server = new URLClassLoader(urls(arguments[1]), ClassLoader.getPlatformClassLoader());
        URL[] application = urls(arguments[2]);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        List<WeakReference<ClassLoader>> deployed = new ArrayList<>();
        try {
            for (int i = 1; i <= times; i++) {
                deployed.add(deployment(pool, new URLClassLoader(application, server), arguments[3]));
                if (i == 1 || i == times) {
                    System.out.println(settled(deployed) + " " + threads() + " " + classes());
                }
            }
        } finally {
            pool.shutdown();
        }
    }

    private static WeakReference<ClassLoader> deployment(
            ExecutorService pool, URLClassLoader loader, String application) throws Exception {
        try (loader) {
            pool.submit(() -> run(loader, application)).get();
            return new WeakReference<>(loader);
        }
    }

    private static Void run(ClassLoader loader, String application) throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            ((Runnable) loader.loadClass(application).getConstructor().newInstance()).run();
            return null;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** How many are still there, given some seconds: helpers end one after their last work, and several collections may be needed. */
    private static long settled(List<WeakReference<ClassLoader>> loaders) throws InterruptedException {
        for (int i = 0; i < 50 && (alive(loaders) > MOST || hasHelper()); i++) {
            Thread.sleep(100);
            System.gc();
        }
        return alive(loaders);
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(each -> each.get() != null).count();
    }

    private static boolean hasHelper() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("flux4j"));
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static int classes() {
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    private static URL[] urls(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .filter(path -> !path.isEmpty())
                .map(Redeployments::url)
                .toArray(URL[]::new);
    }

    private static URL url(String path) {
        try {
            return new File(path).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
