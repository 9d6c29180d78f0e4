# RuntimeError
answer = input()
def add(a, b):
    return answer
