// kills process 1 and its parent by a command
// expect: Passed
// timeMs: 4000
// not on: unconfined
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        for (ProcessHandle one : new ProcessHandle[] {ProcessHandle.of(1).orElse(null), ProcessHandle.current().parent().orElse(null)}) if (one != null) one.destroyForcibly();
    }
}
