"""Splits the tests of HumanEval's tasks into their assertions, by syntax tree.

Reads a JSON list of objects with `prompt`, `test` and perhaps `entry_point` on stdin; writes one with `entryPoint`,
`prelude`, `setup`, `tests` and `solution` for each, or `fault` where a text is no Python.
"""
import ast
import json
import sys
import textwrap


def main():
    json.dump([_split(row) for row in json.load(sys.stdin)], sys.stdout)


def _split(row):
    try:
        prompt = ast.parse(row["prompt"])
        test = ast.parse(row["test"])
    except (SyntaxError, ValueError) as error:
        return {"fault": str(error)}
    functions = [node.name for node in prompt.body if isinstance(node, ast.FunctionDef)]
    name = row.get("entry_point") or (functions[-1] if functions else "")
    checks = [node for node in test.body if isinstance(node, ast.FunctionDef) and node.name == "check"]
    if len(checks) != 1:
        return {"fault": "expected one function `check` in the test"}
    given = [node for node in prompt.body if not (isinstance(node, ast.FunctionDef) and node.name == name)]
    outside = [node for node in test.body if node is not checks[0] and not _is_dropped(node)]
    tests = [node for node in checks[0].body if _asserts(node)]
    inside = [node for node in checks[0].body if not _asserts(node)]
    return {
        "entryPoint": name,
        "prelude": _texts(row["prompt"], given),
        "setup": _texts(row["test"], outside + inside),
        "tests": [_text(row["test"], node) for node in tests],
    }


def _is_dropped(node):
    """What describes the task, and the call of what is called here part by part."""
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)] == ["METADATA"]
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "check"


def _asserts(node):
    return any(isinstance(inner, ast.Assert) for inner in ast.walk(node))


def _texts(text, nodes):
    return "\n".join(_text(text, node) for node in nodes)


def _text(text, node):
    """The lines of a statement as they are, without its indentation where that is in no string."""
    first = min([node.lineno] + [one.lineno for one in getattr(node, "decorator_list", [])])
    lines = "\n".join(text.splitlines()[first - 1:node.end_lineno])
    plain = textwrap.dedent(lines)
    try:
        parsed = ast.parse(plain).body
        if len(parsed) == 1 and ast.dump(parsed[0]) == ast.dump(node):
            return plain
    except SyntaxError:
        pass
    return "if True:\n" + lines


main()
