package io.github.flux4j;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.flux4j.data.Batch;
import io.github.flux4j.engine.Join;
import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.ModelPort;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The house's plan: which room may know which, and what may be seen from outside. */
class ArchitectureTest {

    private static final String ROOT = "io.github.flux4j";
    private static final String INTERNAL = ROOT + ".internal..";
    private static final String[] ENGINES = {ROOT + ".internal.dl4j..", ROOT + ".internal.lean.."};

    private static final JavaClasses MAIN = new ClassFileImporter()
            .importLocations(Modules.entries().map(ArchitectureTest::location).toList());

    /** A room with the rooms it may use besides itself; the walls between modules are the compiler's. */
    @ParameterizedTest
    @CsvSource({
        "internal.threads, ''",
        "internal.events,  ''",
        "internal.csv,     ''",
        "internal.text,    ''",
        "values,           ''",
        "internal.values,  values",
        "format,           ''",
        "internal.format,  format",
        "internal.network, format internal.format",
        "internal.model,   format internal.format internal.network",
        "predict,          format internal.format internal.model internal.network",
        "csv,              internal.csv",
        "internal.files,   format internal.format internal.model predict",
        "internal.arrays,  internal.threads",
        "internal.data,    internal.arrays",
        "internal.formulas, internal.arrays",
        "engine,           internal.arrays internal.threads",
        "backend,          engine internal.arrays internal.threads",
        "data,             engine internal.arrays values",
        "layers,           engine internal.values internal.arrays internal.formulas values",
        "losses,           engine internal.values internal.arrays internal.formulas data layers values",
        "optimise,         engine internal.values internal.arrays internal.threads layers values",
        "train,            engine internal.arrays internal.events internal.formulas values data layers losses optimise",
        "internal.documents,  format internal.format internal.model internal.files internal.arrays values layers",
        "io,               engine format internal values data layers losses optimise train predict learn",
        "table,            format internal.arrays internal.csv internal.figures internal.values csv",
        "serve,            csv format internal.format internal.text predict",
        "internal.records, format internal.format",
        "internal.figures, internal.text",
        "internal.charts,  internal.figures internal.records internal.text report",
        "report,           internal.figures internal.files internal.text",
        "evaluate,         format internal.charts internal.csv internal.figures internal.records internal.values values",
        "fit,              internal.figures layers values",
        "internal.prepare, fit format internal predict values losses optimise table",
        "internal.fit,     fit format internal data engine layers losses optimise predict table train",
        "internal.judge,   evaluate fit format internal.arrays internal.csv internal.figures internal.fit internal.model internal.charts internal.prepare internal.threads predict table",
        "internal.pages,   evaluate format internal.charts internal.csv internal.figures internal.judge report",
        "internal.tune,    format internal predict table",
        "learn,            backend engine fit internal values data layers losses optimise train evaluate predict io report csv table format"
    })
    void aRoomUsesOnlyThoseBelowIt(String room, String below) {
        String[] allowed = Stream.of((room + " " + below).strip().split(" "))
                .map(ArchitectureTest::room)
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(room(room))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(not(resideInAPackage(ROOT + ".."))))
                .check(MAIN);
    }

    /** What it is for, and whom it may know. */
    @Test
    void everyRoomSaysWhatItIsFor() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            List<Path> rooms = sources.filter(
                            file -> file.toString().matches("src/(?!bench|site).*/main/java/.*/[^/]+\\.java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
            assertThat(rooms)
                    .isNotEmpty()
                    .allSatisfy(room ->
                            assertThat(room.resolve("package-info.java")).exists());
        }
    }

    @Test
    void noTwoClassesShareAName() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            List<String> names = sources.filter(file -> file.toString().matches("src/(?!site).*/main/java/.*\\.java"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith("-info.java"))
                    .filter(name -> !name.equals("Main.java")) // of each runnable jar
                    .toList();
            assertThat(names).isNotEmpty().doesNotHaveDuplicates();
        }
    }

    private static Location location(String entry) {
        try {
            return entry.endsWith(".jar") ? Location.of(new JarFile(entry)) : Location.of(Path.of(entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String room(String name) {
        return ROOT + "." + name + "..";
    }

    @Test
    void nobodyUsesTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(room("cli"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(room("cli"))
                .check(MAIN);
    }

    /** They are optional dependencies, which an application that uses the library doesn't get. */
    @Test
    void onlyTheCommandLineKnowsItsOwnLibraries() {
        noClasses()
                .that()
                .resideOutsideOfPackage(room("cli"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..")
                .check(MAIN);
    }

    private static final String[] SMALL = {
        room("predict"), room("format"), room("internal.format"), room("internal.model"), room("internal.network")
    };

    /** It is a jar of its own, whose users have neither ND4J nor the rest of flux4j. */
    @Test
    void predictionFromAFileKnowsNothingButJavaAndGson() {
        classes()
                .that()
                .resideInAnyPackage(SMALL)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(SMALL)
                        .or(resideInAnyPackage("java..", "com.google.gson..", "org.jspecify..")))
                .check(MAIN);
    }

    @Test
    void nobodyLogs() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "java.util.logging..")
                .check(MAIN);
    }

    @Test
    void nobodyNamesAnEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ENGINES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENGINES)
                .check(MAIN);
    }

    /** The first name after the root, of {@code internal} and {@code io} the second, too. */
    private static final SliceAssignment ROOMS = new SliceAssignment() {
        private static final Pattern ROOM =
                Pattern.compile(Pattern.quote(ROOT) + "\\.((?:internal\\.|io\\.(?=[a-z]))?[a-z0-9]+)\\..*");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            Matcher room = ROOM.matcher(type.getName());
            return room.matches() ? SliceIdentifier.of(room.group(1)) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "rooms";
        }
    };

    @Test
    void roomsFormNoCycle() {
        slices().assignedFrom(ROOMS).should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void onlyTheSeamKnowsDeeplearning4j() {
        noClasses()
                .that()
                .resideOutsideOfPackages(room("internal.dl4j"), room("saved"))
                .and(are(not(belongToAnyOf(Layer.class))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.deeplearning4j..")
                .check(MAIN);
    }

    @Test
    void aLayerKnowsOfDeeplearning4jOnlyTheNetworkThatItGives() {
        noClasses()
                .that()
                .belongToAnyOf(Layer.class)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.deeplearning4j..").and(not(belongToAnyOf(MultiLayerNetwork.class))))
                .check(MAIN);
    }

    @Test
    void onlyTheLeanEngineAndTheRoomsForThreadsFactsAndNativeMemoryKnowBytedeco() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        room("internal.lean"), room("internal.threads"), room("backend"), room("internal.arrays"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(MAIN);
    }

    @Test
    void onlyTheRoomsForTablesKnowFastCsv() {
        noClasses()
                .that()
                .resideOutsideOfPackages(room("csv"), room("table"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("de.siegmar..")
                .check(MAIN);
    }

    private static final String[] MACHINERY = {room("engine"), room("saved")};

    @Test
    void whatIsSeenFromOutsideNamesNoTypesOfTheLibrariesBelowButArrays() {
        classes()
                .that()
                .resideOutsideOfPackage(INTERNAL)
                .and()
                .resideOutsideOfPackages(MACHINERY)
                .and()
                .arePublic()
                .should(nameOnlyAllowedTypes())
                .check(MAIN);
    }

    private static ArchCondition<JavaClass> nameOnlyAllowedTypes() {
        return new ArchCondition<>("name only allowed types in public and protected signatures") {
            @Override
            public void check(JavaClass owner, ConditionEvents events) {
                ancestors(owner)
                        .filter(type -> isHidden(type) && !isArray(type) && !isOfThePort(type, owner))
                        .forEach(type -> violated(owner, owner.getName(), type, events));
                owner.getMembers().stream()
                        .filter(ArchitectureTest::isVisible)
                        .forEach(member -> named(member)
                                .filter(type -> isHidden(type) && !isAllowed(type, member))
                                .forEach(type -> violated(owner, member.getFullName(), type, events)));
            }
        };
    }

    private static void violated(JavaClass owner, String where, JavaClass type, ConditionEvents events) {
        events.add(SimpleConditionEvent.violated(owner, where + " names " + type.getName()));
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> ancestors(JavaClass owner) {
        Stream<JavaType> types = Stream.concat(owner.getSuperclass().stream(), owner.getInterfaces().stream());
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream());
    }

    private static Stream<JavaClass> named(JavaMember member) {
        Stream<JavaClass> thrown =
                member instanceof JavaCodeUnit code ? code.getExceptionTypes().stream() : Stream.empty();
        return Stream.concat(member.getAllInvolvedRawTypes().stream(), thrown);
    }

    /** Whether the type's package is not to be seen from outside. */
    private static boolean isHidden(JavaClass type) {
        return resideInAnyPackage("org.deeplearning4j..", "org.bytedeco..", "org.nd4j..", "de.siegmar..", INTERNAL)
                .or(resideInAnyPackage(MACHINERY))
                .test(type);
    }

    private static boolean isArray(JavaClass type) {
        return type.isEquivalentTo(INDArray.class) || type.isEquivalentTo(DataType.class);
    }

    /** Where the port shows: a layer of one's own is a kernel, a loss and a batch are what an engine asks. A join is a word of the user's anywhere. */
    private static final List<Class<?>> PORTS = List.of(Layer.class, LossFunction.class, Batch.class);

    private static boolean isOfThePort(JavaClass type, JavaClass owner) {
        boolean mayShow = PORTS.stream().anyMatch(owner::isEquivalentTo)
                && resideInAPackage(room("engine")).test(type);
        return type.isEquivalentTo(Join.class)
                || mayShow
                        && (!owner.isEquivalentTo(Layer.class)
                                || type.isEquivalentTo(Kernel.class)
                                || type.isEquivalentTo(ModelPort.class));
    }

    private static final List<String> FORMULAS = List.of("Flux4j", "Layer", "Training", "Terms");

    /** The ways out: arrays and their types, SameDiff's variables in formulas of a user's own, and {@code network()}. */
    private static boolean isAllowed(JavaClass type, JavaMember member) {
        return isArray(type)
                || isOfThePort(type, member.getOwner())
                || type.isEquivalentTo(SDVariable.class)
                        && (resideInAPackage(room("losses")).test(member.getOwner())
                                || FORMULAS.contains(member.getOwner().getSimpleName()))
                || type.isEquivalentTo(MultiLayerNetwork.class)
                        && member.getName().equals("network");
    }
}
