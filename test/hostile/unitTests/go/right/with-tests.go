package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func Evens(xs []int) []int {
	found := []int{}
	for _, x := range xs {
		if x%2 == 0 {
			found = append(found, x)
		}
	}
	return found
}

func TestEvens(t *testing.T) {
	assert := assert.New(t)
	assert.Equal([]int{2}, Evens([]int{2}))
}
