import java.util.*;

class Helper {
    static long add(Scanner in) {
        long total = 0;
        while (in.hasNextLong()) total += in.nextLong();
        return total;
    }
}

public class Whatever {
    static int calls = 0;

    public static void main(String[] args) throws Exception {
        if (calls++ > 0) throw new IllegalStateException("another case was here");
        Scanner in = new Scanner(System.in);
        String word = in.nextLine();
        if (word.equals("echo")) {
            while (in.hasNextLine()) System.out.print(in.nextLine() + "\n");
        } else if (word.equals("add")) {
            System.out.println(Helper.add(in));
        } else if (word.equals("exit")) {
            System.exit(3);
        } else if (word.equals("fail")) {
            System.out.println(new ArrayList<Integer>().get(1));
        } else if (word.equals("loop")) {
            for (;;) calls++;
        } else if (word.equals("fill")) {
            List<byte[]> kept = new ArrayList<>();
            for (;;) kept.add(new byte[1 << 20]);
        }
        in.close();
    }
}
