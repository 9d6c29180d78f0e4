import type { Task } from "./task.ts"
import { verbatim } from "./tolerance.ts"

export const fizzBuzz: Task = {
  name: "fizz-buzz",
  title: "Fizz buzz for one number",
  description: `Print Fizz if a number is divisible by 3, Buzz if it is divisible by 5, FizzBuzz if it is divisible by both, and the
number itself otherwise.

Input: one line with the number, an integer from 1 to 1000000.
Output: one line: one of the three words, spelled as above, or the number.`,
  inputs: ["int"],
  outputs: ["string"],
  comparison: verbatim,
  edges: [[3], [5], [15], [1], [2], [30], [45], [33], [35], [98], [999990], [999999], [1000000]],
  generate: (random) => [
    random.chance(0.15)
      ? 15 * random.integer(1, 66666)
      : random.integer(1, random.pick([100, 10000, 1000000]))
  ],
  solve: (number: number) => [
    (number % 3 === 0 ? "Fizz" : "") + (number % 5 === 0 ? "Buzz" : "") || String(number)
  ],
  programs: {
    python: `number = int(input())
if number % 15 == 0:
    print("FizzBuzz")
elif number % 3 == 0:
    print("Fizz")
elif number % 5 == 0:
    print("Buzz")
else:
    print(number)
`,
    cpp: String.raw`#include <iostream>
#include <string>
using namespace std;

int main() {
    string line;
    getline(cin, line);
    int number = stoi(line);
    if (number % 15 == 0) {
        cout << "FizzBuzz\n";
    } else if (number % 3 == 0) {
        cout << "Fizz\n";
    } else if (number % 5 == 0) {
        cout << "Buzz\n";
    } else {
        cout << number << "\n";
    }
}
`
  },
  mistakes: [
    {
      kind: "edge-case",
      advice:
        "Odd multiples of fifteen are divisible by both numbers as well; test for fifteen and not for thirty.",
      edits: { python: ["% 15 ==", "% 30 =="], cpp: ["% 15 ==", "% 30 =="] }
    },
    {
      kind: "format",
      advice: "The two words are written as one, without a space between them.",
      edits: { python: ['"FizzBuzz"', '"Fizz Buzz"'], cpp: ['"FizzBuzz', '"Fizz Buzz'] }
    },
    {
      kind: "logic",
      advice: "Fizz stands for divisible by three, whether the number is even or odd.",
      edits: { python: ["% 3 ==", "% 6 =="], cpp: ["% 3 ==", "% 6 =="] }
    },
    {
      kind: "logic",
      advice: "Buzz stands for divisible by five, so a number that ends in 5 gets it too.",
      edits: { python: ["% 5 ==", "% 10 =="], cpp: ["% 5 ==", "% 10 =="] }
    },
    {
      kind: "off-by-one",
      advice: "A number without a word is printed as it is and not its successor.",
      edits: {
        python: ["print(number)", "print(number + 1)"],
        cpp: ["cout << number <<", "cout << number + 1 <<"]
      }
    }
  ]
}
