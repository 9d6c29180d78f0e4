"""Splits the tests of HumanEval, which come on stdin as lines of JSON, into what the engine wants."""
import ast
import json
import sys


def text(nodes):
    return "\n".join(map(ast.unparse, nodes))


for line in sys.stdin:
    task = json.loads(line)
    entry = task["entry_point"]
    prompt = ast.parse(task["prompt"] + "    pass\n").body
    tests = ast.parse(task["test"]).body
    check = next(node for node in tests if getattr(node, "name", None) == "check")
    asserts = [node for node in check.body if any(isinstance(one, ast.Assert) for one in ast.walk(node))]
    print(json.dumps({
        "name": task["task_id"],
        "check": {
            "_tag": "UnitTests", "language": "python", "entryPoint": entry, "prompt": task["prompt"],
            "prelude": text(node for node in prompt if getattr(node, "name", None) != entry),
            "setup": text([node for node in tests if node is not check]
                          + [node for node in check.body if node not in asserts]),
        },
        "solution": task["canonical_solution"],
        "cases": [{"test": ast.unparse(node)} for node in asserts],
    }))
