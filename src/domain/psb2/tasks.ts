import { basement } from "./basement.ts"
import { bouncingBalls } from "./bouncing-balls.ts"
import { bowling } from "./bowling.ts"
import { camelCase } from "./camel-case.ts"
import { coinSums } from "./coin-sums.ts"
import { cutVector } from "./cut-vector.ts"
import { diceGame } from "./dice-game.ts"
import { findPair } from "./find-pair.ts"
import { fizzBuzz } from "./fizz-buzz.ts"
import { fuelCost } from "./fuel-cost.ts"
import { gcd } from "./gcd.ts"
import { indicesOfSubstring } from "./indices-of-substring.ts"
import { leaders } from "./leaders.ts"
import { luhn } from "./luhn.ts"
import { mastermind } from "./mastermind.ts"
import { middleCharacter } from "./middle-character.ts"
import { pairedDigits } from "./paired-digits.ts"
import { shoppingList } from "./shopping-list.ts"
import { snowDay } from "./snow-day.ts"
import { solveBoolean } from "./solve-boolean.ts"
import { spinWords } from "./spin-words.ts"
import { squareDigits } from "./square-digits.ts"
import { substitutionCipher } from "./substitution-cipher.ts"
import type { Task } from "./task.ts"
import { twitter } from "./twitter.ts"
import { vectorDistance } from "./vector-distance.ts"

/** The problems of PSB2 by name, in alphabetical order. */
export const tasks: ReadonlyMap<string, Task> = new Map(
  [
    basement,
    bouncingBalls,
    bowling,
    camelCase,
    coinSums,
    cutVector,
    diceGame,
    findPair,
    fizzBuzz,
    fuelCost,
    gcd,
    indicesOfSubstring,
    leaders,
    luhn,
    mastermind,
    middleCharacter,
    pairedDigits,
    shoppingList,
    snowDay,
    solveBoolean,
    spinWords,
    squareDigits,
    substitutionCipher,
    twitter,
    vectorDistance
  ].map((task) => [task.name, task])
)
