// leaves a thread
// expect: Passed
// stdout: "left"
// timeMs: 4000
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        System.out.print("left"); System.out.flush(); Thread u = new Thread(() -> { for (;;) try { Thread.sleep(1000); } catch (Exception e) {} }); u.setDaemon(true); u.start();
    }
}
