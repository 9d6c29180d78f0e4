package main

func Evens(xs []int) []int {
	return []int{}
}
func TestEvens(t *int) {}
