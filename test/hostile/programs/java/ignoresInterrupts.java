// catches everything that is thrown, and loops
// expect: TimeLimit
// timeMs: 1000
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        for (;;) try { throw new Error(); } catch (Throwable thrown) {}
    }
}
