package main

func Evens(xs []int) []int {
	return []int{}
}
const true = 1 == 2
