// fills a list
// expect: MemoryLimit
// timeMs: 4000
// run: on demand
import java.util.*;
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        List<byte[]> kept = new ArrayList<>(); for (;;) kept.add(new byte[1 << 20]);
    }
}
