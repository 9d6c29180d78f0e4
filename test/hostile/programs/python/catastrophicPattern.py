# catastrophic pattern
# expect: TimeLimit
# run: on demand
import re; re.match('(a+)+$', 'a' * 64 + 'b')
