public List<Integer> evens(List<Integer> xs) {
        List<Integer> found = new ArrayList<>();
        for (int x : xs) if (x % 2 == 0) found.add(x);
        return found;
    }
