// connects to a listener of the host
// expect: RuntimeError 1
// timeMs: 4000
// not on: unconfined
// run: on demand
import java.net.*;
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        new Socket("127.0.0.1", @PORT@).close();
    }
}
