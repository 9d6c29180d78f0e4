// leaves a thread in the group of the runtime, which the next case would see
// expect: Passed
// stdout: "left"
// timeMs: 4000
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        for (Thread other : Thread.getAllStackTraces().keySet()) if (other.getName().equals("spy")) Runtime.getRuntime().halt(9);
        BENIGN;
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) group = group.getParent();
        Thread spy = new Thread(group, () -> { for (;;) try { Thread.sleep(1000); } catch (Exception e) {} }, "spy");
        spy.setDaemon(true);
        spy.start();
        System.out.print("left");
    }
}
