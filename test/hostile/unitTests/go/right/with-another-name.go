package task

import m "math"

func Evens(xs []int) []int {
	_ = m.Abs(-1)
	found := []int{}
	for _, x := range xs {
		if x%2 == 0 {
			found = append(found, x)
		}
	}
	return found
}
