package io.github.flux4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of Flux's names names what there is, and all of it. */
class FluxNamesTest {

    private static final List<String> ROOMS = List.of("io", "layers", "losses", "optimise", "data", "train");
    private static final Path PAGE = Path.of("src/site/markdown/flux-names.md");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    /** A function or layer that is here, and its keyword arguments by their documentation; {@code aux} is what a loss gives beside its value. */
    private static final List<String> OPTIONS = """
            Dense bias init
            Scale bias init
            Dropout dims active rng
            AlphaDropout active rng
            LayerNorm affine eps
            BatchNorm affine track_stats initβ initγ active eps momentum
            normalise dims eps
            softmax dims
            logsoftmax dims
            mae agg
            mse agg
            msle agg eps
            huber_loss agg delta
            label_smoothing dims
            crossentropy dims agg eps
            logitcrossentropy dims agg
            binarycrossentropy agg eps
            logitbinarycrossentropy agg
            kldivergence dims agg eps
            poisson_loss agg
            hinge_loss agg
            squared_hinge_loss agg
            dice_coeff_loss smooth
            tversky_loss beta
            binary_focal_loss agg gamma eps
            focal_loss dims agg gamma eps
            siamese_contrastive_loss agg margin
            Descent eta
            Momentum eta rho
            Nesterov eta rho
            RMSProp eta rho epsilon centred
            Rprop eta ell gamma
            Adam eta beta epsilon
            AdamW eta beta lambda epsilon couple
            RAdam eta beta epsilon
            AdaMax eta beta epsilon
            OAdam eta beta epsilon
            AdaGrad eta epsilon
            AdaDelta rho epsilon
            AMSGrad eta beta epsilon
            NAdam eta beta epsilon
            AdaBelief eta beta epsilon
            Lion eta beta
            WeightDecay lambda
            SignDecay lambda
            ClipNorm p throw
            trainables path
            state keep
            loadmodel! filter
            outputsize padbatch
            train! cb
            withgradient aux
            trainstep! aux
            trainstep_withgradient! aux
            early_stopping distance init_score min_dist
            plateau distance init_score min_dist
            throttle leading trailing
            DataLoader batchsize shuffle partial collate buffer parallel num_workers rng
            splitobs at shuffle stratified rng
            kfolds k shuffle stratified rng
            timeseries_kfolds k gap max_train_size
            leavepout p
            shuffleobs rng
            oversample fraction shuffle rng
            undersample shuffle rng
            onehot default
            onehotbatch default
            glorot_uniform gain rng
            glorot_normal gain rng
            kaiming_uniform gain rng
            kaiming_normal gain rng
            lecun_normal rng
            truncated_normal mean std lo hi rng
            orthogonal gain rng
            sparse_init sparsity std rng
            identity_init gain shift
            CosAnneal restart
            OneCycle startval endval percent_start
            """.lines().toList();

    @Test
    void everyOptionOfFluxStandsInARowWithWhatHasIt() throws IOException {
        List<String> rows = rows(Files.readString(PAGE));

        for (String line : OPTIONS) {
            String[] words = line.split(" ");
            assertThat(Arrays.stream(words).skip(1))
                    .allSatisfy(option -> assertThat(rows)
                            .as("%s of %s", option, words[0])
                            .anyMatch(row -> quotes(first(row), option) && quotes(row, words[0])));
        }
    }

    /** And what the rows of options name on flux4j's side exists. */
    @Test
    void everyNameForAnOptionExists() throws IOException {
        String page = Files.readString(PAGE);
        List<String> named = rows(page.substring(page.indexOf("## Options"))).stream()
                .map(row -> row.substring(row.lastIndexOf(" | ")))
                .flatMap(FluxNamesTest::quoted)
                .toList();

        assertThat(named).hasSizeGreaterThan(50).allMatch(FluxNamesTest::exists);
    }

    private static List<String> rows(String page) {
        return page.lines().filter(line -> line.startsWith("| ")).toList();
    }

    private static String first(String row) {
        return row.substring(0, row.indexOf(" | ", 2));
    }

    private static Stream<String> quoted(String text) {
        return QUOTED.matcher(text).results().map(MatchResult::group).map(quoted -> quoted.replace("`", ""));
    }

    /** Whether the name is one of those, or stands as a word in one of those, that are quoted. */
    private static boolean quotes(String text, String name) {
        Pattern word = Pattern.compile("(?<![\\p{L}\\d_@])" + Pattern.quote(name) + "(?![\\p{L}\\d_!])");
        return quoted(text).anyMatch(quoted -> word.matcher(quoted).find());
    }

    @Test
    void everyNameOfFluxStandsInTheTable() throws IOException {
        String left =
                rows(Files.readString(PAGE)).stream().map(FluxNamesTest::first).collect(Collectors.joining("\n"));

        assertThat(exports())
                .hasSizeGreaterThan(300)
                .allSatisfy((name, source) -> assertThat(quotes(left, name))
                        .as("%s of %s", name, source)
                        .isTrue());
    }

    /** Of Flux and its packages, and from where. */
    private static Map<String, String> exports() throws IOException {
        Map<String, String> names = new TreeMap<>();
        try (InputStream lists = FluxNamesTest.class.getResourceAsStream("flux-exports.txt")) {
            new String(lists.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(": "))
                    .forEach(line -> Stream.of(line[1].split(" ")).forEach(name -> names.put(name, line[0])));
        }
        return names;
    }

    @Test
    void everyNameInTheTableExists() throws IOException {
        assertThat(names()).isNotEmpty().allMatch(FluxNamesTest::exists);
    }

    @Test
    void everyWordStandsInTheTable() throws IOException {
        assertThat(names()).containsAll(words());
    }

    /** What is quoted in the second column of the tables, but for the last, which says why things are absent. */
    private static Set<String> names() throws IOException {
        String page = Files.readString(PAGE);
        return page.substring(0, page.indexOf("## None"))
                .lines()
                .filter(line -> line.startsWith("| `") || line.startsWith("| a"))
                .map(line -> line.substring(line.indexOf(" | ")))
                .flatMap(FluxNamesTest::quoted)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> words() {
        return members(Flux4j.class)
                .filter(member -> Modifier.isStatic(member.getModifiers()))
                .map(Member::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean exists(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0
                ? words().contains(name)
                : ROOMS.stream()
                        .flatMap(room -> find("io.github.flux4j." + room + "."
                                + name.substring(0, dot).replace('.', '$')))
                        .flatMap(FluxNamesTest::members)
                        .anyMatch(member -> member.getName().equals(name.substring(dot + 1)));
    }

    private static Stream<Class<?>> find(String type) {
        try {
            return Stream.of(Class.forName(type));
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }

    private static Stream<Member> members(Class<?> type) {
        return Stream.<Member>concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getFields()))
                .filter(member -> member.getDeclaringClass() != Object.class);
    }
}
