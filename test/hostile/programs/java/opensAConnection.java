// opens a connection
// expect: RuntimeError 1
// timeMs: 4000
// run: on demand
import java.net.*;
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        new Socket("127.0.0.1", 22);
    }
}
