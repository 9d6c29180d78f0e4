import java.util.*;
class Solution {
    public List<Integer> evens(List<Integer> xs) { List<Object> all = new ArrayList<>(); all.add(all); return (List<Integer>) (List) all; }
}
