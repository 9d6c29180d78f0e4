# makes a deep folder
# expect: Passed
# stdout: "deep\n"
# timeMs: 4000
import os
for _ in range(1000):
    os.mkdir("d"); os.chdir("d")
print("deep")
