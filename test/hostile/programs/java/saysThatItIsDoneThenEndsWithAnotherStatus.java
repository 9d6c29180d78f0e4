// says that it is done, then ends with another status
// expect: RuntimeError 9
// timeMs: 4000
// run: on demand
import java.io.*;
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        try (OutputStream out = new FileOutputStream("/dev/fd/4")) { out.write("nonsense\n".getBytes()); } catch (IOException e) {} System.exit(9);
    }
}
