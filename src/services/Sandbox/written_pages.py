"""Which pages of memory a short program writes to.

A little program of our own runs in a copy of this process, which then looks at its own memory. While the copy of a program
waits for its input it can have these pages copied for itself at once, instead of one by one as it comes to each.
"""
import gc
import os
import struct

import kernel

_PROGRAM = """
count = int(input())
numbers = [int(word) for word in input().split()]
total = 0
for number in numbers:
    total += number
print(total, len(numbers), "%d" % count)
print(f"{max(numbers)}")
"""
_INPUT = b"3\n10 20 30\n"
_PAGE = os.sysconf("SC_PAGE_SIZE")
# What the kernel tells of a page: it is there, of a file, nobody else's.
_THERE, _OF_FILE, _OWN = 1 << 63, 1 << 61, 1 << 56
# How far apart pages of one range are.
_NEAR = 1


def written_pages(ending):
    """Ranges of memory, each a start and a size in bytes; none where the kernel does not tell. To be called while no program
    runs: the copy lets itself be looked at. `ending` is that of the programs."""
    code, parts = compile(_PROGRAM, "", "exec"), list(_writable())
    told = bytearray(8 * sum(count for _, count in parts))
    views, end = [], 0
    for start, count in parts:
        views.append(([memoryview(told)[end:end + 8 * count]], 8 * start))
        end += 8 * count
    given, giving = os.pipe()
    os.write(giving, _INPUT)
    reading, writing = os.pipe()
    gc.collect()
    gc.freeze()
    pid = os.fork()
    if pid == 0:
        # As little as can be beside the program: what this writes to is told, too.
        try:
            kernel.be_visible()
            memory = os.open("/proc/self/pagemap", os.O_RDONLY)
            os.dup2(given, 0)
            ending.pid = os.getpid()
            exec(code, ending.namespace)
            ending.tidy()
            for view in views:
                os.preadv(memory, *view)
            os.write(writing, told)
        finally:
            os._exit(0)
    for file in (given, giving, writing):
        os.close(file)
    told = b"".join(iter(lambda: os.read(reading, 1 << 16), b""))
    os.close(reading)
    os.waitpid(pid, 0)
    return [(start * _PAGE, count * _PAGE) for start, count in _ranges(parts, told)]


def _writable():
    """Parts of this process's own memory, each a number of its first page, and of pages."""
    with open("/proc/self/maps") as lines:
        for line in lines:
            words = line.split()
            if words[1] == "rw-p" and words[-1] != "[stack]":
                start, end = (int(word, 16) // _PAGE for word in words[0].split("-"))
                yield start, end - start


def _ranges(parts, told):
    if len(told) != 8 * sum(count for _, count in parts):
        return
    pages = struct.iter_unpack("=Q", told)
    first = last = None
    for start, count in parts:
        for place in range(start, start + count):
            page, = next(pages)
            if page & (_THERE | _OF_FILE | _OWN) != _THERE | _OWN:
                continue
            if last is not None and place - last <= _NEAR and first >= start:
                last = place
                continue
            if last is not None:
                yield first, last - first + 1
            first = last = place
    if last is not None:
        yield first, last - first + 1
