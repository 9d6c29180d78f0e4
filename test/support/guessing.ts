/** Finds the number of `docs/examples/guess` with ten guesses at most. */
export const halving = `low, high = 1, 1000
while True:
    middle = (low + high) // 2
    print(middle, flush=True)
    answer = input()
    if answer == "right": break
    if answer == "higher": low = middle + 1
    else: high = middle - 1`

/** Finds it too, but with as many guesses as it is large. */
export const oneByOne = `guess = 0
while True:
    guess += 1
    print(guess, flush=True)
    if input() == "right": break`
