package io.github.flux4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a program that is compiled against the published modules can name: a line for each type and each member, in the alphabet's order. */
final class Surface {

    /** Not promised: machinery, and the command line. */
    private static final Pattern OUTSIDE = Pattern.compile("io\\.github\\.flux4j\\.(internal|engine|saved|cli)\\..*");

    /** Every class has these, every enum those of {@link #ofAnEnum}. */
    private static final Set<String> OF_EVERY_CLASS = Set.of("equals", "hashCode", "toString");

    private static final int SHOWN =
            Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT;

    private Surface() {}

    /** Of the modules on the class path. */
    static List<String> lines() {
        Set<String> lines = new TreeSet<>();
        Modules.entries()
                .flatMap(Surface::names)
                .map(Surface::type)
                .filter(Surface::isSeen)
                .forEach(type -> {
                    lines.add(signature(type));
                    members(type).forEach(member -> lines.add(type.getName() + "  " + signature(member)));
                });
        return List.copyOf(lines);
    }

    private static Stream<String> names(String entry) {
        Path path = Path.of(entry);
        return Files.isDirectory(path) ? names(path) : namesOfJar(path);
    }

    private static Stream<String> namesOfJar(Path jar) {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            return names(files.getPath("/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> names(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files
                    .map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replaceAll("[/\\\\]", "."))
                    .filter(name -> !OUTSIDE.matcher(name).matches())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, false, Surface.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isSeen(Class<?> type) {
        return isSeen(type.getModifiers())
                && (type.getEnclosingClass() == null || !type.isAnonymousClass() && isSeen(type.getEnclosingClass()));
    }

    private static boolean isSeen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    /** Its own, and those that it has from ancestors that nobody sees. */
    private static Stream<Member> members(Class<?> type) {
        Stream<Member> own = Stream.<Member[]>of(
                        type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Arrays::stream)
                .filter(member -> isSeen(member.getModifiers()) && !member.isSynthetic())
                .filter(member -> !OF_EVERY_CLASS.contains(member.getName()) && !ofAnEnum(member));
        Stream<Member> inherited = ancestors(type)
                .filter(ancestor -> ancestor.getName().startsWith("io.github.flux4j.") && !isSeen(ancestor))
                .flatMap(Surface::members)
                .filter(member -> !(member instanceof Constructor));
        return Stream.concat(own, inherited);
    }

    private static Stream<Class<?>> ancestors(Class<?> type) {
        return Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()));
    }

    private static boolean ofAnEnum(Member member) {
        return member.getDeclaringClass().isEnum()
                && Set.of("values", "valueOf").contains(member.getName());
    }

    private static String signature(Class<?> type) {
        List<Type> above = Stream.concat(
                        Stream.ofNullable(type.getGenericSuperclass())
                                .filter(ancestor -> ancestor != Object.class && !type.isRecord() && !type.isEnum()),
                        Arrays.stream(type.getGenericInterfaces()).sorted((a, b) -> name(a).compareTo(name(b))))
                .toList();
        return type.getName() + parameters(type.getTypeParameters()) + " " + modifiers(type.getModifiers()) + kind(type)
                + (above.isEmpty() ? "" : " of " + names(above.toArray(Type[]::new)));
    }

    private static String kind(Class<?> type) {
        String kind = type.isAnnotation()
                ? "@interface"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        return (type.isSealed() && !type.isEnum() ? "sealed " : "") + kind;
    }

    private static String signature(Member member) {
        String modifiers = modifiers(member.getModifiers());
        if (member instanceof Field field) {
            return modifiers + name(field.getGenericType()) + " " + field.getName();
        }
        Executable code = (Executable) member;
        String returned =
                code instanceof Method method ? name(method.getGenericReturnType()) + " " + method.getName() : "new";
        Type[] thrown = code.getGenericExceptionTypes();
        String generic = parameters(code.getTypeParameters());
        return modifiers + (generic.isEmpty() ? "" : generic + " ") + returned
                + "(" + names(code.getGenericParameterTypes()) + (code.isVarArgs() ? "..." : "") + ")"
                + (thrown.length == 0 ? "" : " throws " + names(thrown));
    }

    private static String modifiers(int modifiers) {
        String text = Modifier.toString(modifiers & SHOWN & ~Modifier.PUBLIC);
        return text.isEmpty() ? "" : text + " ";
    }

    private static String parameters(TypeVariable<?>... parameters) {
        return parameters.length == 0
                ? ""
                : Arrays.stream(parameters).map(Surface::parameter).collect(Collectors.joining(", ", "<", ">"));
    }

    private static String parameter(TypeVariable<?> parameter) {
        Type[] bounds = parameter.getBounds();
        return parameter.getName()
                + (bounds.length == 1 && bounds[0] == Object.class
                        ? ""
                        : " extends " + Arrays.stream(bounds).map(Surface::name).collect(Collectors.joining(" & ")));
    }

    private static String names(Type... types) {
        return Arrays.stream(types).map(Surface::name).collect(Collectors.joining(", "));
    }

    private static String name(Type type) {
        return type.getTypeName().replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "");
    }
}
