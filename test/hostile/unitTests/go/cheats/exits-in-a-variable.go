package main

import "os"

func Evens(xs []int) []int {
	return []int{}
}
var early = func() int { os.Exit(0); return 0 }()
