import type { Task } from "./task.ts"
import { threeDecimals } from "./tolerance.ts"
import { decimal, times } from "./values.ts"

export const vectorDistance: Task = {
  name: "vector-distance",
  title: "Distance between two points",
  description: `Print the Euclidean distance of two points: the square root of the sum of the squared differences of their coordinates.

Input: four lines. The first holds n, the number of coordinates (1 to 20), the second the n coordinates of the first
point; the third holds n again, the fourth the n coordinates of the second point. Coordinates are real numbers from -100
to 100, separated by spaces.
Output: one line with the distance, a real number. It is right if it is less than 0.0005 away.`,
  inputs: ["floats", "floats"],
  outputs: ["float"],
  comparison: threeDecimals,
  edges: [
    [
      [0, 0],
      [3, 4]
    ],
    [[5], [5]],
    [[-1.5], [2.5]],
    [[100], [-100]],
    [
      [1, 2, 3],
      [1, 2, 3]
    ],
    [
      [1, 1, 1, 1],
      [0, 0, 0, 0]
    ],
    [
      [-3, 4],
      [3, -4]
    ],
    [[0.001], [0]],
    [times(20, () => 100), times(20, () => -100)],
    [times(20, () => 0.5), times(20, () => 0.5)],
    [times(16, (index) => index), times(16, (index) => -index)],
    [times(3, () => 0), [0, 0, 9]]
  ],
  generate: (random) => {
    const length = random.chance(0.4) ? random.integer(1, 4) : random.integer(1, 20)
    const places = random.pick([0, 2, 5])
    const point = () => times(length, () => decimal(random, -100, 100, places))
    const first = point()
    return [first, random.chance(0.05) ? first : point()]
  },
  solve: (first: ReadonlyArray<number>, second: ReadonlyArray<number>) => [
    Math.sqrt(first.reduce((sum, value, index) => sum + (value - second[index]!) ** 2, 0))
  ],
  programs: {
    python: `import math

input()
first = [float(item) for item in input().split()]
input()
second = [float(item) for item in input().split()]
total = 0.0
for one, other in zip(first, second):
    total += (one - other) ** 2
print(math.sqrt(total))
`,
    cpp: String.raw`#include <cmath>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>
using namespace std;

vector<double> readPoint() {
    string line;
    getline(cin, line);
    getline(cin, line);
    istringstream items(line);
    vector<double> numbers;
    for (double item; items >> item;) numbers.push_back(item);
    return numbers;
}

int main() {
    vector<double> first = readPoint();
    vector<double> second = readPoint();
    int count = first.size();
    double total = 0;
    for (int index = 0; index < count; ++index) {
        double one = first[index], other = second[index];
        total += pow(one - other, 2);
    }
    cout << fixed << setprecision(9) << sqrt(total) << "\n";
}
`
  },
  mistakes: [
    {
      kind: "logic",
      advice: "Take the square root of the sum before printing it.",
      edits: {
        python: ["print(math.sqrt(total))", "print(total)"],
        cpp: ["<< sqrt(total) <<", "<< total <<"]
      }
    },
    {
      kind: "logic",
      advice:
        "Coordinates with different signs lie further apart: their signs must be kept when subtracting.",
      edits: {
        python: ["(one - other)", "(abs(one) - abs(other))"],
        cpp: ["pow(one - other,", "pow(fabs(one) - fabs(other),"]
      }
    },
    {
      kind: "off-by-one",
      advice: "All coordinates count, and the last one is left out of the sum.",
      edits: {
        python: ["zip(first, second)", "zip(first[:-1], second)"],
        cpp: ["index < count;", "index < count - 1;"]
      }
    },
    {
      kind: "edge-case",
      advice: "Start the sum from zero exactly, since equal points have no distance.",
      edits: { python: ["total = 0.0", "total = 1e-6"], cpp: ["total = 0;", "total = 1e-6;"] }
    }
  ]
}
