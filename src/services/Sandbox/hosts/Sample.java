import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Scanner;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Uses what short programs use: what is loaded to compile and to run it goes into the archive of classes. */
public class Sample {
    record Pair(int number, String word) {}

    enum Side { LEFT, RIGHT }

    public static void main(String[] arguments) throws IOException {
        Scanner scanner = new Scanner("2 3\n4.5 word\na line\n");
        System.out.println(scanner.nextInt() + scanner.nextLong() + scanner.nextDouble() + scanner.next());
        scanner.nextLine();
        System.out.println(scanner.hasNextLine() ? scanner.nextLine() : "");
        System.out.println(new BufferedReader(new InputStreamReader(System.in)).readLine());
        collections();
        numbers();
        texts();
    }

    private static void collections() {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        StringTokenizer words = new StringTokenizer("b a b");
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            counts.merge(word, 1, Integer::sum);
            places.computeIfAbsent(word, absent -> new ArrayList<>()).add(counts.size());
        }
        for (Map.Entry<String, Integer> entry : new TreeMap<>(counts).entrySet()) System.out.println(entry.getKey() + "=" + entry.getValue());
        Deque<Integer> deque = new ArrayDeque<>(List.of(1, 2));
        PriorityQueue<Integer> queue = new PriorityQueue<>(Comparator.reverseOrder());
        queue.add(deque.pop());
        Set<Integer> sorted = new TreeSet<>(new HashSet<>(Arrays.asList(3, 1, 2)));
        List<String> list = new ArrayList<>(places.keySet());
        Collections.sort(list);
        list.sort(Comparator.comparing(String::length).reversed());
        int[] plain = {3, 1, 2};
        Arrays.sort(plain);
        System.out.println(queue + " " + sorted + " " + list + " " + Arrays.toString(plain) + Arrays.stream(plain).sum());
        System.out.println(IntStream.range(0, 3).boxed().map(String::valueOf).collect(Collectors.joining(",")));
        System.out.println(Stream.of("p", "q").filter("q"::equals).findFirst().orElse("none"));
        System.out.println(list.stream().collect(Collectors.groupingBy(String::length, Collectors.counting())));
        System.out.println(Optional.of(new Pair(1, "one")) + " " + Side.valueOf("LEFT"));
    }

    private static void numbers() {
        System.out.println(new BigInteger("12345678901234567890").multiply(BigInteger.TEN));
        System.out.println(new BigDecimal("1.25").setScale(1, RoundingMode.HALF_UP));
        System.out.println(Math.sqrt(2) + Math.floorMod(-1, 3) + Integer.toBinaryString(5) + Long.MAX_VALUE);
        System.out.printf("%.2f %5d %s%n", 1.5, 2, "three");
    }

    private static void texts() {
        StringBuilder built = new StringBuilder();
        for (String part : "a,b;c".split("[,;]")) built.append(part.toUpperCase()).append(' ');
        System.out.println(String.join("-", List.of("x", "y")) + built.reverse().toString().trim() + String.format("%03d", 7));
        System.out.println("text".chars().filter(Character::isLetter).count() + "a1b2".replaceAll("[0-9]", ""));
        try {
            Integer.parseInt("none");
        } catch (NumberFormatException absent) {
            System.out.println(absent.getMessage());
        }
        String side = switch (built.length()) {
            case 0 -> "empty";
            default -> "full";
        };
        System.out.println(side);
    }
}
