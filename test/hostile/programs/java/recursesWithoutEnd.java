// recurses without end
// expect: RuntimeError 1
// timeMs: 4000
// memoryMB: 512
// run: on demand
public class Main {
    static int f(int n) { return f(n + 1) + 1; }
    public static void main(String[] args) throws Exception {
        BENIGN;
        f(0);
    }
}
