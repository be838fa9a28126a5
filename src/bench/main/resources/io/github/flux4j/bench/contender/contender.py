"""The other end of PythonProcess.java: trains with the library whose module is named. Numbers are little-endian Float32.

The module has about(options), multiply(size), which gives a function without arguments, and Model(problem, floats), which has step(),
restart(), parameters() and predict(rows); arrays are NumPy's.
"""

import importlib
import json
import os
import struct
import sys
import time

import numpy

try:
    import threadpoolctl
except ImportError:
    threadpoolctl = None

given, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)  # whatever a library or its compiler prints is no answer


def floats(*shape):
    count = int(numpy.prod(shape))
    return numpy.frombuffer(given.read(4 * count), dtype="<f4").reshape(shape).copy()


def answer(bytes_):
    answers.write(bytes_)
    answers.flush()


def gflops(size=512):
    multiply = library.multiply(size)
    return 2 * size**3 / min(timed(multiply) for _ in range(50)) / 1e9


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def pools():
    """Libraries that are loaded and have threads of their own, as they tell."""
    if threadpoolctl is None:
        return "BLAS unknown (python3-threadpoolctl would tell)"
    return ", ".join(
        f"{pool['internal_api']} {pool['version'] or ''} {pool.get('architecture') or ''}".strip()
        + f" ({pool['num_threads']} threads)"
        for pool in threadpoolctl.threadpool_info())


library = importlib.import_module(sys.argv[1])
problem = json.loads(given.readline())
options = problem["options"].split()
about = library.about(options)
rate = gflops()
answer(json.dumps({"gflops": rate, "about": f"{about}, {pools()}"}).encode() + b"\n")

model = library.Model(problem, options, floats)

while command := given.read(1):
    if command == b"s":
        (count,) = struct.unpack("<i", given.read(4))
        for _ in range(count):
            model.step()
        answer(b".")
    elif command == b"r":
        model.restart()
    elif command == b"p":
        answer(numpy.concatenate([part.ravel() for part in model.parameters()]).astype("<f4").tobytes())
    elif command == b"f":
        (count,) = struct.unpack("<i", given.read(4))
        answer(model.predict(floats(count, problem["layers"][0]["inputs"])).astype("<f4").tobytes())
