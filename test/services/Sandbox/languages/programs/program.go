package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	word, _ := in.ReadString('\n')
	switch word {
	case "echo\n":
		io.Copy(os.Stdout, in)
	case "add\n":
		total, number := 0, 0
		for {
			if _, err := fmt.Fscan(in, &number); err != nil {
				break
			}
			total += number
		}
		fmt.Println(total)
	case "exit\n":
		os.Exit(3)
	case "fail\n":
		fmt.Println([]int{}[len(word)])
	case "loop\n":
		for {
		}
	case "fill\n":
		kept := [][]byte{}
		for {
			more := make([]byte, 1<<20)
			for at := range more {
				more[at] = 1
			}
			kept = append(kept, more)
		}
	}
}
