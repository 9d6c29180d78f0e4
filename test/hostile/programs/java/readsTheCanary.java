// reads a file of the host
// expect: RuntimeError 1
// timeMs: 4000
// not on: unconfined
// run: on demand
import java.nio.file.*;
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        System.out.print(Files.readString(Path.of("@FILE@")));
    }
}
