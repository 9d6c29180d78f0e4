import { exactly } from "../comparison.ts"
import type { Task } from "./task.ts"
import { times } from "./values.ts"

export const pairedDigits: Task = {
  name: "paired-digits",
  title: "Sum of digits that repeat",
  description: `Print the sum of all digits of a text that are equal to the digit right after them. The last digit has none after it and
is not added. In 1112, for example, the first two digits count, so the sum is 2.

Input: one line: 2 to 20 digits, which may begin with zeros.
Output: one line with the sum.`,
  inputs: ["string"],
  outputs: ["int"],
  comparison: exactly,
  edges: [
    ["1112"],
    ["11"],
    ["10"],
    ["00"],
    ["011"],
    ["110"],
    ["909"],
    ["1221"],
    ["99999999999999999999"],
    ["12345678901234567890"],
    ["55555555555555555550"],
    ["98765432100123456789"],
    ["88888888888888888"]
  ],
  generate: (random) => {
    const repeats = random.pick([0.1, 0.3, 0.6, 0.95])
    const least = random.chance(0.3) ? 7 : 0
    let last = random.integer(least, 9)
    return [
      times(random.integer(2, 20), () => {
        last = random.chance(repeats) ? last : random.integer(least, 9)
        return last
      }).join("")
    ]
  },
  solve: (digits: string) => [
    times(digits.length - 1, (index) =>
      digits[index] === digits[index + 1] ? Number(digits[index]) : 0
    ).reduce((left, right) => left + right, 0)
  ],
  programs: {
    python: `digits = input()
total = 0
for index in range(len(digits) - 1):
    if digits[index] == digits[index + 1]:
        total += int(digits[index])
print(total)
`,
    cpp: String.raw`#include <iostream>
#include <string>
using namespace std;

int main() {
    string digits;
    getline(cin, digits);
    int count = digits.size();
    int total = 0;
    for (int index = 0; index < count - 1; ++index) {
        if (digits[index] == digits[index + 1]) {
            total += digits[index] - '0';
        }
    }
    cout << total << "\n";
}
`
  },
  mistakes: [
    {
      kind: "off-by-one",
      advice: "The last two digits form a pair as well, and the loop ends before them.",
      edits: {
        python: ["len(digits) - 1)", "len(digits) - 2)"],
        cpp: ["index < count - 1;", "index < count - 2;"]
      }
    },
    {
      kind: "logic",
      advice: "Compare each digit with its direct neighbour and not with one half the text away.",
      edits: {
        python: ["index + 1]", "(index + len(digits) // 2) % len(digits)]"],
        cpp: ["index + 1]", "(index + count / 2) % count]"]
      }
    },
    {
      kind: "logic",
      advice: "Each digit that matches counts once; the pair's two digits are not both added.",
      edits: {
        python: ["total += int(", "total += 2 * int("],
        cpp: ["total += digits[index] - '0';", "total += 2 * (digits[index] - '0');"]
      }
    },
    {
      kind: "edge-case",
      advice: "Sums of a hundred and more are possible and must not be cut to two digits.",
      edits: {
        python: ["print(total)", "print(total % 100)"],
        cpp: ["cout << total <<", "cout << total % 100 <<"]
      }
    },
    {
      kind: "logic",
      advice: "The two digits have to be equal; a larger one followed by a smaller one does not count.",
      edits: {
        python: ["[index] == digits", "[index] >= digits"],
        cpp: ["[index] == digits", "[index] >= digits"]
      }
    }
  ]
}
