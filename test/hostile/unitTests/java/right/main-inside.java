import java.util.*;
class Solution {
    public List<Integer> evens(List<Integer> xs) {
        List<Integer> found = new ArrayList<>();
        for (int x : xs) if (x % 2 == 0) found.add(x);
        return found;
    }
    public static void main(String[] args) {
        if (new Solution().evens(List.of(2)).size() != 1) throw new AssertionError();
    }
}
