// starts a process that stays
// expect: Passed
// timeMs: 4000
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        new ProcessBuilder("sleep", "60").start();
    }
}
