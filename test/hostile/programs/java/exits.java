// ends the JVM
// expect: RuntimeError 3
// stdout: "out"
// timeMs: 4000
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        System.out.print("out"); System.exit(3);
    }
}
