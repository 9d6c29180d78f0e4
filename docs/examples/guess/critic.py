#!/usr/bin/env python3
"""Plays a game with a program: it has to find a number from 1 to 1000 by asking.

Arguments: the file with the program's source, an executable that is the program in a sandbox, the number.
"""
import json
import subprocess
import sys
from subprocess import PIPE

ENOUGH = 10
MOST = 1_000


def main(_source, program, argument):
    number = int(argument)
    player = subprocess.Popen([program], bufsize=0, stdin=PIPE, stdout=PIPE, stderr=PIPE)
    guesses, problem = play(player, number)
    if problem:
        return 0, f"After {guesses} guesses at {number} {problem}"
    if guesses > ENOUGH:
        return ENOUGH / guesses, f"It took {guesses} guesses to find {number}; {ENOUGH} are enough."
    return 1, f"{number} was found with {guesses} guesses."


def play(player, number):
    """How many guesses were made, and what went wrong, if anything."""
    for guesses in range(MOST):
        line = player.stdout.readline()
        try:
            guess = int(line)
        except ValueError:
            if not line:
                return guesses, ending(player)
            printed = line.decode(errors="replace").strip()
            return guesses, f"the program printed {printed[:100]!r} instead of a number"
        if guess == number:
            say(player, "right")
            return guesses + 1, None
        say(player, "higher" if guess < number else "lower")
    return MOST, "it was still guessing"


def ending(player):
    said = player.stderr.read().decode(errors="replace")[-1000:].strip()
    status = player.wait()
    return f"the program ended with status {status}" + (f": {said}" if said else " and said nothing")


def say(player, word):
    try:
        player.stdin.write(f"{word}\n".encode())
    except BrokenPipeError:
        # That it has ended shows when it is read from.
        pass


if __name__ == "__main__":
    score, report = main(*sys.argv[1:])
    print(json.dumps({"score": score, "passed": score == 1, "report": report}))
