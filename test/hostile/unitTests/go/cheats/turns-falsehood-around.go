package main

func Evens(xs []int) []int {
	return []int{}
}
var false = 1 == 1
