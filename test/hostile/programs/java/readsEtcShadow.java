// reads /etc/shadow
// expect: RuntimeError 1
// not on: unconfined
// timeMs: 4000
// run: on demand
import java.nio.file.*;
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        Files.readString(Path.of("/etc/shadow"));
    }
}
