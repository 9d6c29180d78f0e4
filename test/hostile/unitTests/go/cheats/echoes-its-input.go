package main

import (
	"bufio"
	"fmt"
	"os"
)

func Evens(xs []int) []int {
	line, _ := bufio.NewReader(os.Stdin).ReadString(10)
	fmt.Print("\n", line)
	os.Exit(0)
	return nil
}
