// handles the exception that ends it by a handler of its own
// expect: RuntimeError 1
// stdout: "handled oops"
// timeMs: 4000
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> { System.out.print("handled " + error.getMessage()); System.out.flush(); });
        throw new IllegalStateException("oops");
    }
}
