// leaves what is left to print to a thread in the group of the runtime, for which a JVM waits
// expect: Passed
// stdout: "late"
// timeMs: 4000
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) group = group.getParent();
        Thread main = Thread.currentThread();
        new Thread(group, () -> {
            try { main.join(); } catch (InterruptedException e) {}
            System.out.print("late");
            System.out.flush();
        }).start();
    }
}
