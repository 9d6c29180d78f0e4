import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The classes of a program, read once; a copy has classes of its own from the same bytes. */
final class SeidrProgram extends ClassLoader {
    private final Map<String, byte[]> classes;

    SeidrProgram() throws IOException {
        super(ClassLoader.getPlatformClassLoader());
        classes = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(SeidrHost.CLASSES)) {
            for (Path path : (Iterable<Path>) paths.filter(path -> path.toString().endsWith(".class"))::iterator) {
                String name = SeidrHost.CLASSES.relativize(path).toString().replace(File.separatorChar, '.');
                classes.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(path));
            }
        }
    }

    SeidrProgram(SeidrProgram other) {
        super(ClassLoader.getPlatformClassLoader());
        classes = other.classes;
    }

    @Override protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) throw new ClassNotFoundException(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** The `main` of the class `Main`, else of the first one that has it; null if there is none. */
    Method mainMethod() {
        List<String> names = new ArrayList<>(classes.keySet());
        names.sort((left, right) -> Boolean.compare(right.endsWith("Main"), left.endsWith("Main")));
        for (String name : names) {
            try {
                Method method = loadClass(name).getDeclaredMethod("main", String[].class);
                boolean fits = Modifier.isStatic(method.getModifiers()) && Modifier.isPublic(method.getModifiers())
                    && method.getReturnType() == void.class;
                if (!fits) continue;
                method.setAccessible(true);
                return method;
            } catch (ReflectiveOperationException | LinkageError absent) {
                continue;
            }
        }
        return null;
    }

    boolean mentions(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        return classes.values().stream().anyMatch(bytes -> contains(bytes, wanted));
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int from = 0; from + wanted.length <= bytes.length; from++) {
            if (Arrays.equals(bytes, from, from + wanted.length, wanted, 0, wanted.length)) return true;
        }
        return false;
    }
}
