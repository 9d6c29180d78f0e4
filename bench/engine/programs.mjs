// The programs that are timed: they read how many numbers there are, and those, and print their sum and their greatest.
// They do not read to the end of input, at which programlib would wait for ever.

/** A program of its own for every `salt`, since the same text is compiled once. */
export const python = (salt = 0) => `# ${salt}
count = int(input())
numbers = [int(word) for word in input().split()]
assert len(numbers) == count
print(sum(numbers))
print(max(numbers))
`

export const cpp = (salt = 0) => `#include <bits/stdc++.h>
using namespace std;

// ${salt}
int main() {
    int count;
    cin >> count;
    vector<long long> numbers(count);
    for (auto& number : numbers) cin >> number;
    cout << accumulate(numbers.begin(), numbers.end(), 0LL) << "\\n";
    cout << *max_element(numbers.begin(), numbers.end()) << "\\n";
}
`

export const java = (salt = 0) => `import java.util.*;

// ${salt}
public class Main {
    public static void main(String[] arguments) {
        Scanner scanner = new Scanner(System.in);
        int count = scanner.nextInt();
        long sum = 0, most = Long.MIN_VALUE;
        for (int index = 0; index < count; index++) {
            long number = scanner.nextLong();
            sum += number;
            most = Math.max(most, number);
        }
        System.out.println(sum);
        System.out.println(most);
    }
}
`

export const javascript = (salt = 0) => `// ${salt}
const [count, ...numbers] = require("fs").readFileSync(0, "utf8").trim().split(/\\s+/).map(Number)
if (numbers.length !== count) throw new Error("not all is there")
console.log(numbers.reduce((sum, number) => sum + number))
console.log(Math.max(...numbers))
`

/**
 * Prints the milliseconds of a fork and exit of the interpreter that it runs in, the median of five times 200. The copy
 * ends at once: what an interpreter does at its end takes ten times as long, and is not counted.
 */
export const forking = `import os, time
def once():
    begun = time.perf_counter()
    for _ in range(200):
        pid = os.fork()
        if pid == 0: os._exit(0)
        os.waitpid(pid, 0)
    return (time.perf_counter() - begun) * 5
print(sorted(once() for _ in range(5))[2])
`

/** Inputs, and what has to come out for each. */
export const cases = (count) =>
  Array.from({ length: count }, (_, index) => {
    const numbers = Array.from({ length: 20 }, (_, place) => (index * 7919 + place * 104729) % 1000)
    return {
      input: `${numbers.length}\n${numbers.join(" ")}\n`,
      output: `${numbers.reduce((sum, number) => sum + number)}\n${Math.max(...numbers)}\n`
    }
  })
