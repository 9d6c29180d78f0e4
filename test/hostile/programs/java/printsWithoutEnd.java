// prints without end
// expect: OutputLimit
// timeMs: 4000
// run: on demand
public class Main {
    public static void main(String[] args) throws Exception {
        BENIGN;
        for (;;) System.out.println("and on");
    }
}
