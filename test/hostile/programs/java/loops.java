// loops
// expect: TimeLimit
// timeMs: 1000
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        for (long i = 0; ; i++) if (i < 0) break;
    }
}
