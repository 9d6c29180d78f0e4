func Evens(xs []int) []int {
	sort.SliceStable(xs, func(i, j int) bool { return false })
	found := []int{}
	for _, x := range xs {
		if x%2 == 0 {
			found = append(found, x)
		}
	}
	return found
}
