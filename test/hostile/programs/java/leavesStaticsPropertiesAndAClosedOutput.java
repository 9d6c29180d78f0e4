// leaves statics, properties and a closed output
// expect: Passed
// timeMs: 4000
// run: on demand
public class Main {
    static int calls = 0;

    public static void main(String[] args) throws Exception {
        if (calls != 0 || System.getProperty("trap") != null) System.exit(1);
        BENIGN;
        calls = 7; System.setProperty("trap", "x"); System.out.close(); System.setOut(null);
    }
}
