# SPDX-License-Identifier: Apache-2.0
"""Every header of src compiles alone, with the warnings of the build. Arguments: a build directory, headers below src."""
import json
import os
import shlex
import subprocess
import sys


def flags_of(build):
    """The compiler and its flags, from any source of the build that is not a test."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            if "/src/" in os.path.abspath(os.path.join(entry["directory"], entry["file"])):
                words = shlex.split(entry["command"])
                kept = [word for word in words[1:] if word.startswith(("-W", "-D", "-std="))]
                libraries = [word for word in words[1:] if word.startswith("-I/")]
                return [words[0], *kept, *libraries]
    sys.exit("no source of src in " + build)


def compiles(command, header):
    # The declaration keeps a header of macros alone from being an empty translation unit.
    unit = f'#include "{header}"\nextern int alone;\n'
    return subprocess.run(command, input=unit, text=True, check=False).returncode == 0


def main():
    build, headers = sys.argv[1], sys.argv[2:]
    if not headers:
        sys.exit("no headers given")
    command = [*flags_of(build), "-Isrc", "-Werror", "-fsyntax-only", "-x", "c", "-"]
    broken = [header for header in headers if not compiles(command, os.path.relpath(header, "src"))]
    for header in broken:
        print(f"{header}: does not compile alone")
    return 1 if broken else 0


sys.exit(main())
