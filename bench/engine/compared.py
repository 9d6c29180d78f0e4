"""The same programs and cases through programlib: prints the milliseconds that each language took as JSON."""
import json
import sys
import time

from programlib import Program

work = json.load(sys.stdin)
took = {}
for language, job in work.items():
    begun = time.perf_counter()
    program = Program(job["source"], language=language)
    for case in job["cases"]:
        program.run(case["input"].splitlines())
    took[language] = (time.perf_counter() - begun) * 1000
print(json.dumps(took))
