// leaves a thread in the group of the runtime, which takes the place of the next case's output
// expect: Passed
// stdout: "left"
// timeMs: 4000
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) group = group.getParent();
        java.io.PrintStream before = System.out;
        Thread spy = new Thread(group, () -> {
            for (;;) if (System.out != before) System.setOut(before);
        }, "spy");
        spy.setDaemon(true);
        System.out.print("left");
        System.out.flush();
        spy.start();
    }
}
