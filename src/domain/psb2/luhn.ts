import { exactly } from "../comparison.ts"
import type { Task } from "./task.ts"
import { times } from "./values.ts"

export const luhn: Task = {
  name: "luhn",
  title: "Luhn sum of a card number",
  description: `A card number has 16 digits. Double the 1st, 3rd, 5th … and 15th digit, and take 9 off a doubled digit that is greater
than 9. Print the sum of all the digits after that.

Input: two lines: the number 16, and the 16 digits separated by spaces.
Output: one line with the sum.`,
  inputs: ["ints"],
  outputs: ["int"],
  comparison: exactly,
  edges: [
    [[4, 5, 3, 9, 1, 4, 8, 8, 0, 3, 4, 3, 6, 4, 6, 7]],
    [times(16, () => 0)],
    [times(16, () => 1)],
    [times(16, () => 4)],
    [times(16, () => 5)],
    [times(16, () => 9)],
    [times(16, (index) => (index === 15 ? 7 : 0))],
    [times(16, (index) => (index === 0 ? 5 : 0))],
    [times(16, (index) => (index % 2 === 0 ? 6 : 0))],
    [times(16, (index) => (index % 2 === 0 ? 0 : 6))],
    [times(16, (index) => index % 10)],
    [times(16, (index) => 9 - (index % 2))]
  ],
  generate: (random) => {
    const least = random.chance(0.1) ? 6 : 0
    return [times(16, () => random.integer(least, 9))]
  },
  solve: (digits: ReadonlyArray<number>) => [
    digits.reduce((sum, digit, index) => {
      if (index % 2 === 1) return sum + digit
      return sum + (digit > 4 ? 2 * digit - 9 : 2 * digit)
    }, 0)
  ],
  programs: {
    python: `input()
digits = [int(item) for item in input().split()]
total = 0
for index in range(16):
    digit = digits[index]
    if index % 2 == 0:
        digit *= 2
        if digit > 9:
            digit -= 9
    total += digit
print(total)
`,
    cpp: String.raw`#include <iostream>
#include <sstream>
#include <string>
#include <vector>
using namespace std;

int main() {
    string line;
    getline(cin, line);
    getline(cin, line);
    istringstream items(line);
    vector<int> digits;
    for (int item; items >> item;) digits.push_back(item);
    int total = 0;
    for (int index = 0; index < 16; ++index) {
        int digit = digits[index];
        if (index % 2 == 0) {
            digit *= 2;
            if (digit > 9) digit -= 9;
        }
        total += digit;
    }
    cout << total << "\n";
}
`
  },
  mistakes: [
    {
      kind: "logic",
      advice:
        "The doubling begins with the first digit, so it concerns the even indices when counting from 0.",
      edits: { python: ["index % 2 == 0", "index % 2 == 1"], cpp: ["index % 2 == 0", "index % 2 == 1"] }
    },
    {
      kind: "edge-case",
      advice: "A five doubles to ten, which is above nine already and has to be lowered.",
      edits: { python: ["digit > 9", "digit > 10"], cpp: ["digit > 9", "digit > 10"] }
    },
    {
      kind: "off-by-one",
      advice: "Take nine and not ten off a doubled digit that is too large.",
      edits: { python: ["digit -= 9", "digit -= 10"], cpp: ["digit -= 9", "digit -= 10"] }
    },
    {
      kind: "off-by-one",
      advice: "All sixteen digits belong to the sum, and the last one is left out.",
      edits: { python: ["range(16)", "range(15)"], cpp: ["index < 16;", "index < 15;"] }
    },
    {
      kind: "edge-case",
      advice: "The sum may have three digits and is printed whole.",
      edits: {
        python: ["print(total)", "print(total % 100)"],
        cpp: ["cout << total <<", "cout << total % 100 <<"]
      }
    }
  ]
}
