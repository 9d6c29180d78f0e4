import type { Task } from "./task.ts"
import { singlePrecision } from "./tolerance.ts"
import { decimal } from "./values.ts"

export const bouncingBalls: Task = {
  name: "bouncing-balls",
  title: "Distance of a bouncing ball",
  description: `A ball is dropped from a height, and after its first bounce it rises to a second, lower height. Each later bounce
takes it to the same share of the height before. Print the whole distance that the ball has travelled, down and up, when
it is at the top of its rise after the given number of bounces. With one bounce that is the fall plus the first rise.

Input: three lines: the height of the drop, the height of the first rise (both real numbers from 1 to 100, the second
less than the first), and the number of bounces (an integer from 1 to 20).
Output: one line with the distance, a real number. It is right within 0.001, or within a millionth of its value.`,
  inputs: ["float", "float", "int"],
  outputs: ["float"],
  comparison: singlePrecision,
  edges: [
    [10, 5, 1],
    [10, 5, 2],
    [1.5, 1, 20],
    [100, 99.5, 20],
    [100, 1, 1],
    [100, 1, 20],
    [2.25, 1.125, 3],
    [1.001, 1, 20],
    [64, 32, 6],
    [33.333, 11.111, 1]
  ],
  generate: (random) => {
    const height = decimal(random, 1.01, 100, 3)
    const rise = decimal(random, 1, height - 0.001, 3)
    return [height, rise, random.chance(0.1) ? 1 : random.integer(1, 20)]
  },
  solve: (height: number, rise: number, bounces: number) => {
    const share = rise / height
    let top = height
    let distance = 0
    for (let bounce = 0; bounce < bounces; bounce++) {
      distance += top + top * share
      top *= share
    }
    return [distance]
  },
  programs: {
    python: `height = float(input())
rise = float(input())
bounces = int(input())
share = rise / height
distance = 0.0
for bounce in range(bounces):
    distance += height + height * share
    height *= share
print(distance)
`,
    cpp: String.raw`#include <iomanip>
#include <iostream>
#include <string>
using namespace std;

int main() {
    string line;
    getline(cin, line);
    double height = stod(line);
    getline(cin, line);
    double rise = stod(line);
    getline(cin, line);
    int bounces = stoi(line);
    double share = rise / height;
    double travelled = 0;
    for (int bounce = 0; bounce < bounces; ++bounce) {
        travelled += height + height * share;
        height *= share;
    }
    cout << fixed << setprecision(10) << travelled << "\n";
}
`
  },
  mistakes: [
    {
      kind: "off-by-one",
      advice: "Count all the bounces that are given; the last one is missing from the sum.",
      edits: {
        python: ["range(bounces):", "range(bounces - 1):"],
        cpp: ["bounce < bounces;", "bounce < bounces - 1;"]
      }
    },
    {
      kind: "logic",
      advice: "The ball travels up as well as down, so add the rise after each fall.",
      edits: {
        python: ["distance += height + height * share\n", "distance += height\n"],
        cpp: ["travelled += height + height * share;", "travelled += height;"]
      }
    },
    {
      kind: "logic",
      advice:
        "The share is the rise divided by the drop, not the other way round, so that the ball gets lower.",
      edits: { python: ["rise / height", "height / rise"], cpp: ["rise / height", "height / rise"] }
    },
    {
      kind: "format",
      advice: "Print the distance with all its decimals instead of rounding it to a tenth.",
      edits: {
        python: ["print(distance)", "print(round(distance, 1))"],
        cpp: ["setprecision(10)", "setprecision(1)"]
      }
    },
    {
      kind: "edge-case",
      advice: "A single bounce is no special case: its fall and its rise both count once.",
      edits: {
        python: ["distance = 0.0", "distance = -rise if bounces == 1 else 0.0"],
        cpp: ["travelled = 0;", "travelled = bounces == 1 ? -rise : 0;"]
      }
    }
  ]
}
