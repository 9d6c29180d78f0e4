// threads without end
// expect: TimeLimit
// timeMs: 4000
// not on: unconfined
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        for (;;) new Thread(() -> { for (;;) try { Thread.sleep(1000); } catch (Exception e) {} }).start();
    }
}
