import java.util.*;
class Solution {
    public List<Integer> evens(List<Integer> xs) { return new ArrayList<>(); }
}
class Boolean {}
