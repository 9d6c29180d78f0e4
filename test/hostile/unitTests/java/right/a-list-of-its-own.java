import java.util.*;
class Solution {
    public List<Integer> evens(List<Integer> xs) {
        return new ArrayList<Integer>() {{ for (int x : xs) if (x % 2 == 0) add(x); }};
    }
}
