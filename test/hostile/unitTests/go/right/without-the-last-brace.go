	found := []int{}
	for _, x := range xs {
		if x%2 == 0 {
			found = append(found, x)
		}
	}
	return found
