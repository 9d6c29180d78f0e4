// halts the JVM
// expect: Passed
// timeMs: 4000
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        Runtime.getRuntime().halt(0);
    }
}
