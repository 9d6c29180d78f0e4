import type { Task } from "./task.ts"
import { verbatim } from "./tolerance.ts"

export const squareDigits: Task = {
  name: "square-digits",
  title: "Squares of the digits in a row",
  description: `Replace every digit of a number by its square and print the squares one after the other, without anything between
them. For 912 that is 8114.

Input: one line with the number, an integer from 0 to 1000000.
Output: one line with the digits of the squares.`,
  inputs: ["int"],
  outputs: ["string"],
  comparison: verbatim,
  edges: [[912], [0], [1], [3], [4], [9], [10], [20], [99], [101], [5050], [123456], [990099], [1000000]],
  generate: (random) => [
    random.chance(0.02) ? 1000000 : random.integer(0, random.pick([100, 10000, 1000000, 1000000]))
  ],
  solve: (number: number) => [[...String(number)].map((digit) => Number(digit) ** 2).join("")],
  programs: {
    python: `digits = input()
result = ""
for digit in digits:
    result += str(int(digit) ** 2)
print(result)
`,
    cpp: String.raw`#include <iostream>
#include <string>
using namespace std;

int main() {
    string digits;
    getline(cin, digits);
    string result;
    for (char digit : digits) {
        int value = digit - '0';
        result += to_string(value * value);
    }
    cout << result << "\n";
}
`
  },
  mistakes: [
    {
      kind: "logic",
      advice: "Multiply each digit by itself instead of by two.",
      edits: { python: ["int(digit) ** 2", "int(digit) * 2"], cpp: ["value * value", "value * 2"] }
    },
    {
      kind: "edge-case",
      advice: "Zeros have a square too and must appear in the result.",
      edits: {
        python: ["in digits:", 'in digits.replace("0", ""):'],
        cpp: ["int value = digit - '0';", "if (digit == '0') continue;\n        int value = digit - 48;"]
      }
    },
    {
      kind: "edge-case",
      advice: "The largest number has seven digits, so do not cut the input after six.",
      edits: {
        python: ["digits = input()\n", "digits = input()[:6]\n"],
        cpp: ["getline(cin, digits);", "getline(cin, digits, '\\n');\n    digits = digits.substr(0, 6);"]
      }
    },
    {
      kind: "format",
      advice: "Print the squares without any space between them.",
      edits: {
        python: ["result += str(", 'result += (" " if result else "") + str('],
        cpp: ["result += to_string(", 'result += (result.empty() ? "" : " ") + to_string(']
      }
    },
    {
      kind: "logic",
      advice: "The squares appear in the order of the digits, not from the end.",
      edits: {
        python: ["print(result)", "print(result[::-1])"],
        cpp: ["cout << result <<", "cout << string(result.rbegin(), result.rend()) <<"]
      }
    }
  ]
}
