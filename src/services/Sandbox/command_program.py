"""A program that an interpreter or a runtime runs: its files are put into its folder anew for each case."""
import marshal
import os

from case import Plan
from native_program import execute

_MOST_BYTES = 1 << 26


class CommandProgram:
    def __init__(self, description, source, cases, work, environment):
        self.description = description
        self.cases = cases
        self.work = work
        self.environment = environment
        self.files = {description["fileName"]: source}
        for name, content in description.get("files", {}).items():
            import binascii
            self.files[name] = binascii.a2b_base64(content)
        self.executable = None

    def prepare(self, limits, kernel_limits):
        """As `PythonProgram.prepare`. What the compiler leaves in the folder is the program."""
        if not self.description.get("compile"):
            return None
        self.place()
        header, out, err = self.cases.run(Plan(self._compile, limits, kernel_limits, keep_head=True), b"")
        if header["ending"] != {"_tag": "Exited", "code": 0}:
            # Some compilers complain on the wrong descriptor.
            return header["ending"], err + out
        self.files = dict(_collected(self.work))
        if sum(map(len, self.files.values())) > _MOST_BYTES:
            return {"_tag": "OutputLimit"}, b"the program is too large\n"
        self.executable = marshal.dumps(self.files)
        return None

    def keep(self, executable):
        """Takes what an earlier runner has made of the same source."""
        self.files = marshal.loads(executable)

    def place(self):
        for name, content in self.files.items():
            path = os.path.join(self.work, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)

    def begin(self):
        """In the child; it does not return."""
        command = self.words("run")
        execute(command[0], command, self.environment)

    def words(self, key):
        """The command of that name, with the memory limit where it asks for it."""
        megabytes = str(max(1, self.description["limits"]["memoryBytes"] >> 20))
        return [word.replace("{memoryMB}", megabytes) for word in self.description[key]]

    def _compile(self):
        command = self.description["compile"]
        execute(command[0], command, dict(self.environment, LC_ALL="C.UTF-8"))


def _collected(root):
    """Names and contents of the plain files in a folder, without hidden ones such as caches."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.join(folder, name)
            if name.startswith(".") or os.path.islink(path) or not os.path.isfile(path):
                continue
            with open(path, "rb") as file:
                yield os.path.relpath(path, root), file.read(_MOST_BYTES + 1)
