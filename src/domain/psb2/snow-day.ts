import type { Task } from "./task.ts"
import { threeDecimals } from "./tolerance.ts"
import { decimal } from "./values.ts"

export const snowDay: Task = {
  name: "snow-day",
  title: "Snow on the ground after some hours",
  description: `Snow falls on ground that is already covered. In every hour first a fixed share of the snow on the ground melts, then the
new snow of that hour is added, and none of it melts before the next hour. Print how much snow lies on the ground after
the given number of hours.

Input: four lines: the number of hours (an integer from 0 to 20), the snow on the ground at the start (0 to 20), the
snow that falls in an hour (0 to 10), and the share that melts in an hour (0 to 1); the last three are real numbers.
Output: one line with the amount of snow, a real number. It is right if it is less than 0.0005 away.`,
  inputs: ["int", "float", "float", "float"],
  outputs: ["float"],
  comparison: threeDecimals,
  edges: [
    [3, 10, 2, 0.5],
    [0, 0, 0, 0],
    [0, 12.5, 3, 0.25],
    [1, 8, 1, 0.25],
    [1, 5, 0, 1],
    [20, 20, 10, 0],
    [20, 20, 10, 1],
    [20, 20, 0, 0.1],
    [20, 0, 10, 0.9],
    [7, 0, 0.5, 0.5],
    [12, 3.75, 0, 0],
    [2, 0, 1.25, 0.2]
  ],
  generate: (random) => [
    random.chance(0.05) ? 0 : random.integer(0, 20),
    decimal(random, 0, 20, 4),
    random.chance(0.1) ? 0 : decimal(random, 0, 10, random.pick([0, 2, 4])),
    random.chance(0.1) ? 0 : decimal(random, 0, random.pick([0.2, 1]), 4)
  ],
  solve: (hours: number, ground: number, fall: number, melt: number) => {
    let snow = ground
    for (let hour = 0; hour < hours; hour++) snow = snow * (1 - melt) + fall
    return [snow]
  },
  programs: {
    python: `hours = int(input())
snow = float(input())
fall = float(input())
melt = float(input())
for hour in range(hours):
    snow = snow * (1 - melt) + fall
print(snow)
`,
    cpp: String.raw`#include <cmath>
#include <iomanip>
#include <iostream>
#include <string>
using namespace std;

int main() {
    string line;
    getline(cin, line);
    int hours = stoi(line);
    getline(cin, line);
    double snow = stod(line);
    getline(cin, line);
    double fall = stod(line);
    getline(cin, line);
    double melt = stod(line);
    for (int hour = 0; hour < hours; ++hour) {
        snow = snow * (1 - melt) + fall;
    }
    cout << fixed << setprecision(9) << snow << "\n";
}
`
  },
  mistakes: [
    {
      kind: "logic",
      advice: "The melting comes first in an hour, so the snow that falls in it stays whole.",
      edits: {
        python: ["snow = snow * (1 - melt) + fall", "snow = (snow + fall) * (1 - melt)"],
        cpp: ["snow = snow * (1 - melt) + fall;", "snow = (snow + fall) * (1 - melt);"]
      }
    },
    {
      kind: "off-by-one",
      advice: "Go through all the hours that are given; one is missing at the end.",
      edits: { python: ["range(hours)", "range(hours - 1)"], cpp: ["hour < hours;", "hour < hours - 1;"] }
    },
    {
      kind: "edge-case",
      advice: "With no hours the snow from the start is still there.",
      edits: {
        python: ["snow = float(input())\n", "snow = float(input()) if hours > 0 else 0.0\n"],
        cpp: ["double snow = stod(line);", "double snow = hours > 0 ? stod(line) : 0;"]
      }
    },
    {
      kind: "logic",
      advice: "The hourly snow is a real number whose decimals matter.",
      edits: {
        python: ["fall = float(input())", "fall = int(float(input()))"],
        cpp: ["fall = stod(line);", "fall = floor(stod(line));"]
      }
    },
    {
      kind: "format",
      advice: "Print more than one decimal: the answer has to be right to the third.",
      edits: { python: ["print(snow)", "print(round(snow, 1))"], cpp: ["setprecision(9)", "setprecision(1)"] }
    }
  ]
}
