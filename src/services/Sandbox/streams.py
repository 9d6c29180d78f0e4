"""What a process reads and prints: pipes, of which the runner has the other ends."""
import os

_CHUNK = 1 << 16
_ERROR_BYTES = 1 << 16


class Pipes:
    """The three streams of a process that is to be made: its own ends of them, and the runner's."""

    def __init__(self):
        reading, self.feeding = os.pipe()
        self.out, their_out = os.pipe()
        self.err, their_err = os.pipe()
        self.theirs = (reading, their_out, their_err)
        for file in (self.feeding, self.out, self.err):
            os.set_blocking(file, False)

    def close_theirs(self):
        for file in self.theirs:
            os.close(file)

    def close_ours(self):
        for file in (self.feeding, self.out, self.err):
            os.close(file)


class Input:
    """What a program reads. The pipe is closed after the last byte, which tells the program that there is no more."""

    def __init__(self, file, content):
        self.file = file
        self.rest = memoryview(content)
        self.push()

    def push(self):
        try:
            while self.rest:
                self.rest = self.rest[os.write(self.file, self.rest):]
        except BlockingIOError:
            return
        except BrokenPipeError:
            # A program need not read what it is given.
            self.rest = self.rest[:0]
        self.close()

    def close(self):
        if self.file is not None:
            os.close(self.file)
            self.file = None


class Outputs:
    def __init__(self, out, err, plan):
        self.files = (out, err)
        self.open = {out, err}
        self.most = plan.limits["outputBytes"] + 1
        self.keep_head = plan.keep_head
        self.out = bytearray()
        self.err = bytearray()

    def take(self, file):
        """Reads what there is; false at the end."""
        return self._read(file) is not False

    def drain(self):
        """Takes what is in the pipes now; their writers may live on."""
        for file in self.files:
            while self._read(file):
                pass

    def _read(self, file):
        """True for something, None for nothing yet, False for the end."""
        try:
            part = os.read(file, _CHUNK)
        except BlockingIOError:
            return None
        if not part:
            self.open.discard(file)
            return False
        if file == self.files[0]:
            self.out += part[:self.most - len(self.out)]
        elif self.keep_head:
            self.err += part[:_ERROR_BYTES - len(self.err)]
        else:
            self.err += part
            del self.err[:-_ERROR_BYTES]
        return True

    def finish(self):
        """Takes what is left in the pipes. Their writers are gone; one end may be on its way through a socket for ever,
        so that "nothing yet" is the end as well."""
        for file in self.files:
            while file in self.open and self._read(file):
                pass
            os.close(file)


def drain(file):
    """Empties a pipe of which only its being filled matters."""
    try:
        while len(os.read(file, 512)) == 512:
            pass
    except BlockingIOError:
        pass
