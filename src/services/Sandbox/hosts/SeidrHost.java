import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a program whatever its classes are called, and runs it: once as a plain JVM would, or case after case. */
public final class SeidrHost {
    private static final long STACK_BYTES = 64L << 20;
    static final Path CLASSES = Path.of("classes");
    /** What a program may change of a JVM for good, or only a JVM that ends does for it: each of its cases has one of its own. */
    private static final List<String> LASTING = List.of("addShutdownHook", "java/beans/", "java/lang/management/", "java/lang/ref/Cleaner",
        "java/net/", "java/security/Security", "java/sql/", "java/util/logging/", "javax/", "setMaxPriority", "setSecurityManager", "sun/misc/");
    /** By these, and by `getName`, a program sees the names of threads, which are numbered from the start of the JVM. */
    private static final List<String> NUMBERING = List.of("Ljava/lang/Thread;", "java/util/concurrent/Executors");

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "compile" -> System.exit(compile(arguments[1]) ? 0 : 1);
            case "run" -> run();
            case "learn" -> {
                if (!compile(arguments[1])) System.exit(1);
                run();
            }
            default -> serve();
        }
    }

    private static boolean compile(String name) throws IOException {
        String text = Files.readString(Path.of(name));
        Files.delete(Path.of(name));
        SimpleJavaFileObject source = new SimpleJavaFileObject(URI.create("string:///" + name), SimpleJavaFileObject.Kind.SOURCE) {
            @Override public CharSequence getCharContent(boolean ignored) { return text; }
            @Override public String getName() { return name; }
            @Override public boolean isNameCompatible(String simpleName, Kind kind) { return true; }
        };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Files.createDirectory(CLASSES);
        List<String> options = List.of("-d", CLASSES.toString(), "-nowarn", "-proc:none", "-Xlint:none", "-Xmaxerrs", "10");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            if (!compiler.getTask(null, files, null, options, null, List.of(source)).call()) return false;
        }
        if (new SeidrProgram().mainMethod() != null) return true;
        System.err.println(name + ": error: there is no class with a method public static void main(String[])");
        return false;
    }

    /** One case in this process, whose status is the program's. */
    private static void run() throws Exception {
        Method method = new SeidrProgram().mainMethod();
        int[] status = {0};
        Thread thread = new Thread(null, () -> status[0] = call(method), "main", STACK_BYTES);
        thread.start();
        thread.join();
        // The JVM itself waits for the other threads; only a failure of the first one has a status.
        if (status[0] != 0) {
            for (Thread other : others(Set.of())) if (!other.isDaemon()) other.join();
            System.exit(status[0]);
        }
    }

    /** Cases one after another, each with classes of its own. */
    private static void serve() throws Exception {
        InputStream asks = new FileInputStream("/dev/fd/3");
        OutputStream words = new FileOutputStream("/dev/fd/4");
        SeidrProgram program = new SeidrProgram();
        boolean alone = LASTING.stream().anyMatch(program::mentions) || NUMBERING.stream().anyMatch(program::mentions)
            || program.mentions("java/lang/Thread") && program.mentions("getName");
        words.write(alone ? "alone\n".getBytes() : "ready\n".getBytes());
        Properties properties = (Properties) System.getProperties().clone();
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        InputStream input = new FileInputStream(FileDescriptor.in);
        OutputStream output = new FileOutputStream(FileDescriptor.out);
        OutputStream errors = new FileOutputStream(FileDescriptor.err);
        boolean first = true;
        while (asks.read() >= 0) {
            Set<Thread> before = Set.copyOf(others(Set.of()));
            Thread.setDefaultUncaughtExceptionHandler(null);
            System.setProperties((Properties) properties.clone());
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
            System.setIn(new BufferedInputStream(new SeidrStreams.KeptInput(input)));
            System.setOut(new PrintStream(new SeidrStreams.KeptOutput(output, 8192), false));
            System.setErr(new PrintStream(new SeidrStreams.KeptOutput(errors, 512), true));
            PrintStream[] streams = {System.out, System.err};
            Method method = (first ? program : new SeidrProgram(program)).mainMethod();
            first = false;
            int[] status = {0};
            boolean[] broken = {false};
            ThreadGroup group = new ThreadGroup("main");
            Thread thread = new Thread(group, () -> {
                status[0] = call(method);
                broken[0] = status[0] > 1;
            }, "main", STACK_BYTES);
            thread.start();
            thread.join();
            for (Thread other : others(before)) if (!other.isDaemon()) other.join();
            for (PrintStream stream : streams) stream.flush();
            boolean whole = others(before).stream().allMatch(SeidrHost::isOfCommonPool) && ForkJoinPool.commonPool().isQuiescent() && !broken[0]
                && FileDescriptor.in.valid() && FileDescriptor.out.valid();
            words.write(((whole ? "done " : "last ") + Math.min(status[0], 1) + "\n").getBytes());
        }
        Runtime.getRuntime().halt(0);
    }

    /** 0; 1 after an exception; 2 after one that leaves the JVM doubtful. */
    private static int call(Method method) {
        try {
            Thread.currentThread().setContextClassLoader(method.getDeclaringClass().getClassLoader());
            method.invoke(null, (Object) new String[0]);
            return 0;
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            strip(cause);
            System.out.flush();
            Thread thread = Thread.currentThread();
            try {
                thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
            } catch (Throwable ignored) {
                // As the JVM does.
            }
            return cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError) ? 2 : 1;
        } catch (Throwable fault) {
            System.err.println(fault);
            return 2;
        }
    }

    /** Takes the frames that called `main` off a trace. */
    private static void strip(Throwable error) {
        StackTraceElement[] frames = error.getStackTrace();
        int end = frames.length;
        while (end > 0 && isOurs(frames[end - 1].getClassName())) end -= 1;
        error.setStackTrace(Arrays.copyOf(frames, end));
        if (error.getCause() != null && error.getCause() != error) strip(error.getCause());
    }

    private static boolean isOurs(String name) {
        return name.startsWith("SeidrHost") || name.equals("java.lang.Thread")
            || name.startsWith("java.lang.reflect.") || name.startsWith("jdk.internal.reflect.");
    }

    /** The living threads of this JVM, whatever group they are in, without the one that asks and without these. */
    private static List<Thread> others(Set<Thread> known) {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) root = root.getParent();
        Thread[] found = new Thread[root.activeCount() + 64];
        int count = root.enumerate(found, true);
        Thread asks = Thread.currentThread();
        return Arrays.stream(found, 0, count).filter(thread -> thread != asks && !known.contains(thread)).toList();
    }

    private static boolean isOfCommonPool(Thread thread) {
        return thread instanceof ForkJoinWorkerThread && ((ForkJoinWorkerThread) thread).getPool() == ForkJoinPool.commonPool();
    }
}
