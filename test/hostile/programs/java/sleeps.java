// sleeps
// expect: TimeLimit
// timeMs: 1000
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        Thread.sleep(600_000);
    }
}
