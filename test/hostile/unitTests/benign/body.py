    total = a + b
    return total
