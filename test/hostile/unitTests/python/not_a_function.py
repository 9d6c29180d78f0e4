# RuntimeError
add = 5
