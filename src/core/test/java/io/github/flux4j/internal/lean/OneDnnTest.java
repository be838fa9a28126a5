package io.github.flux4j.internal.lean;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.backend.Backend;
import io.github.flux4j.internal.arrays.OneDnn;
import io.github.flux4j.layers.Chain;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** oneDNN's products: against three plain loops, and through the engine against OpenBLAS. */
class OneDnnTest {

    /** Of numbers around 1: sums of up to 1031 products in another order. */
    private static final float FLOAT_SUM = 2e-5f;

    @BeforeEach
    void isTriedWhereThereIsALibrary() {
        assumeThat(Loader.getPlatform()).isEqualTo("linux-x86_64");
        OneDnn.allow(true);
    }

    @AfterEach
    void isUsedAsBefore() {
        OneDnn.allow(true);
    }

    private static float[] numbers(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    private static INDArray array(long seed, int rows, int columns) {
        return Nd4j.createFromArray(numbers(seed, rows * columns)).reshape(rows, columns);
    }

    /** The matrices lie in larger ones, not at their begin. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 3, 5", "7, 1, 129", "1, 65, 9", "31, 33, 17", "64, 64, 64", "5, 131, 300", "130, 67, 3"})
    void productsAreThoseOfThreeLoopsHoweverTheMatricesLie(int m, int n, int common) {
        int offset = 3;
        int wider = 5;
        for (int form = 0; form < 8; form++) {
            boolean transposedA = (form & 1) != 0;
            boolean transposedB = (form & 2) != 0;
            float keep = (form & 4) != 0 ? 1 : 0;
            int lda = (transposedA ? m : common) + wider;
            int ldb = (transposedB ? common : n) + wider;
            int ldc = n + wider;
            float[] a = numbers(1, offset + lda * (transposedA ? common : m));
            float[] b = numbers(2, offset + ldb * (transposedB ? n : common));
            float[] c = numbers(3, offset + ldc * m);
            float[] expected = c.clone();
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = keep * c[offset + i * ldc + j];
                    for (int k = 0; k < common; k++) {
                        sum += (double) a[offset + (transposedA ? k * lda + i : i * lda + k)]
                                * b[offset + (transposedB ? j * ldb + k : k * ldb + j)];
                    }
                    expected[offset + i * ldc + j] = (float) sum;
                }
            }
            try (FloatPointer pa = new FloatPointer(a);
                    FloatPointer pb = new FloatPointer(b);
                    FloatPointer pc = new FloatPointer(c)) {
                OneDnn.multiply(
                        transposedA,
                        transposedB,
                        m,
                        n,
                        common,
                        pa.getPointer(offset),
                        lda,
                        pb.getPointer(offset),
                        ldb,
                        keep,
                        pc.getPointer(offset),
                        ldc);
                float[] got = new float[c.length];
                pc.get(got);
                for (int i = 0; i < got.length; i++) {
                    assertThat(got[i]).as("form %d", form).isCloseTo(expected[i], within(FLOAT_SUM));
                }
            }
        }
    }

    /** Rows that are very few, few and many; widths that are odd; a first layer, whose inputs need no slopes, and others. */
    @ParameterizedTest
    @CsvSource({"2, 1031", "8, 515", "9, 515", "32, 261", "33, 261", "700, 67"})
    void theEngineGetsWithItWhatItGetsWithout(int rows, int width) {
        List<INDArray> without = gradientAndPredictions(rows, width, false);
        List<INDArray> with = gradientAndPredictions(rows, width, true);
        for (int i = 0; i < 2; i++) {
            assertThat(with.get(i).sub(without.get(i)).amaxNumber().doubleValue())
                    .isLessThan(FLOAT_SUM);
        }
    }

    private static List<INDArray> gradientAndPredictions(int rows, int width, boolean allowed) {
        OneDnn.allow(allowed);
        Chain model = model(width);
        INDArray x = array(4, rows, width);
        INDArray predictions = model.predict(x.dup('f'));
        INDArray before = model.flatParameters().dup();
        trainstep(MSE, model, batch(x, array(5, rows, 3)), setup(descent(1), model));
        return List.of(before.sub(model.flatParameters()), predictions);
    }

    private static Chain model(int width) {
        seed(6);
        return chain(dense(width, width, TANH), dense(width, width), dense(width, 3));
    }

    @Test
    void aModelSaysWhetherItHelps() {
        boolean isUsed = !OneDnn.summary().startsWith("not used");
        assertThat(model(3).toString(true).endsWith("; large products by oneDNN"))
                .isEqualTo(isUsed);
        assertThat(Backend.report().libraries().oneDnn()).isEqualTo(OneDnn.summary());
        OneDnn.allow(false);
        assertThat(model(3).toString(true)).doesNotContain("oneDNN");
        assertThat(OneDnn.summary()).isEqualTo("not used: -Dflux4j.onednn=false");
    }

    /** As with OpenBLAS: of predictions for many rows no bit depends on the number of threads, of training none on the run. */
    @Test
    @SuppressWarnings("try") // the scope is entered, not used
    void isDeterministicAtEachNumberOfThreads() {
        float[] numbers = null;
        for (int threads : new int[] {1, 2, 4}) {
            try (Backend.Scope scope = Backend.threads(threads)) {
                float[] many =
                        model(301).predict(array(7, 1501, 301)).dup('c').data().asFloat();
                numbers = numbers == null ? many : numbers;
                assertThat(many).as("%d threads", threads).isEqualTo(numbers);
                List<INDArray> first = gradientAndPredictions(40, 403, true);
                assertThat(gradientAndPredictions(40, 403, true)).isEqualTo(first);
            }
        }
    }

    @Test
    void leavesOpenMpAsItWasAndStartsNoThread() {
        int before = NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
        gradientAndPredictions(300, 300, true);
        String[] threads = new File("/proc/self/task").list();
        gradientAndPredictions(300, 300, true);
        assertThat(new File("/proc/self/task").list()).hasSizeLessThanOrEqualTo(threads.length);
        assertThat(NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads())
                .isEqualTo(before);
    }

    @Test
    @Tag("process")
    void saysWhatIsMissingAndPrintsNothingElse() throws Exception {
        List<String> jars = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        assertThat(summaryWithout(jars, "/dnnl-"))
                .isEqualTo("not used: it isn't there, or a jar of it is missing: "
                        + "java.lang.ClassNotFoundException: org.bytedeco.dnnl.global.dnnl");
        assertThat(summaryWithout(jars, "/opencl-")).contains("OpenCL").hasLineCount(1);
    }

    private static String summaryWithout(List<String> jars, String missing) throws Exception {
        String classPath =
                jars.stream().filter(jar -> !jar.contains(missing)).collect(Collectors.joining(File.pathSeparator));
        ChildJvm ended = ChildJvm.run(classPath, Summary.class.getName());
        return Stream.of(ended.out(), ended.err()).collect(Collectors.joining()).strip();
    }

    static final class Summary {
        public static void main(String... arguments) {
            System.out.println(OneDnn.summary());
        }
    }
}
