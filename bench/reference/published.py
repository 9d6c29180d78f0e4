"""Drives the published package's `develop` by a job on standard input: prints what it developed as JSON on the last line.

The critics are made here, as the published scripts make them, but for one thing: every one of them holds its own case.
There, a closure in a list comprehension looks its case up when it is called, so that all of them have the last one;
with `lateBinding` in the job they do here, too.
"""
import json
import sys
import time

from seidr.dev import SEIDR
from seidr.eval import IOMatch

job = json.load(sys.stdin)
names = {"python": "Python", "cpp": "C++"}
language = names[job["language"]]
cases = [(case["input"].splitlines(), case["output"].splitlines()) for case in job["cases"]]

if job["lateBinding"]:
    critics = [lambda code: IOMatch(code, language, *case) for case in cases]
else:
    critics = [lambda code, case=case: IOMatch(code, language, *case) for case in cases]

programs = []


def log_metrics(metrics):
    if "idx" in metrics:
        programs.append({"score": metrics["avg_score"], "passed": round(metrics["pass_rate"] * len(critics))})


def log_attempt(code, **_):
    programs[-1]["program"] = code


begun = time.perf_counter()
best = SEIDR(
    task_name=job["problem"],
    task_description=job["description"],
    critics=critics,
    model_name=job["model"],
    language=language,
    drafts_per_prompt=job["arity"],
    explanations_per_program=job["explanations"],
    repairs_per_explanation=job["arity"],
    beam_width=job["arity"],
    max_programs=job["maxPrograms"],
    batch_size=job["batch"],
    log_metrics=log_metrics,
    log_attempt=log_attempt,
    log_solution=lambda *_, **__: None,
    log_llm_call=lambda **_: None,
).develop()
print(json.dumps({"programs": programs, "best": best, "develop": time.perf_counter() - begun}))
