"""Trains what PythonPytorch.java asks for, as PyTorch's documentation does. Numbers are little-endian Float32."""

import json
import struct
import sys
import time

import torch

given, answers = sys.stdin.buffer, sys.stdout.buffer


def floats(count):
    return torch.frombuffer(bytearray(given.read(4 * count)), dtype=torch.float32).clone()


def answer(tensor):
    answers.write(tensor.detach().contiguous().numpy().tobytes())
    answers.flush()


def gflops():
    a = torch.ones(512, 512)
    best = min(timed(lambda: a @ a) for _ in range(50))
    return 2 * 512**3 / best / 1e9


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def blas():
    """What multiplies, as PyTorch tells it."""
    words = [word for word in torch.__config__.show().replace(",", " ").split() if word.startswith("BLAS_INFO=")]
    return words[0].split("=")[1] if words else "unknown"


problem = json.loads(given.readline())
options = problem["options"].split()
if "one-thread" in options:
    torch.set_num_threads(1)
about = f"PyTorch {torch.__version__}, BLAS {blas()}, {torch.get_num_threads()} threads, {problem['options']}"
answers.write(json.dumps({"torch": torch.__version__, "gflops": gflops(), "about": about}).encode() + b"\n")
answers.flush()

ACTIVATIONS = {"IDENTITY": [], "RELU": [torch.nn.ReLU], "TANH": [torch.nn.Tanh], "SIGMOID": [torch.nn.Sigmoid]}
LOSSES = {"MSE": torch.nn.MSELoss, "MAE": torch.nn.L1Loss, "LOGIT_CROSS_ENTROPY": torch.nn.CrossEntropyLoss}

modules = []
for layer in problem["layers"]:
    modules.append(torch.nn.Linear(layer["inputs"], layer["outputs"]))
    modules += [activation() for activation in ACTIVATIONS[layer["activation"]]]
model = torch.nn.Sequential(*modules)
with torch.no_grad():
    for parameter in model.parameters():
        parameter.copy_(floats(parameter.numel()).reshape(parameter.shape))

loss_function = LOSSES[problem["loss"]]()


def loss_of(x, y):
    return loss_function(model(x), y)


if "compiled" in options:
    loss_of = torch.compile(loss_of)
fused = {"fused": True} if "fused" in options else {}
rule = problem["rule"]
if "beta1" in rule:
    optimiser = torch.optim.Adam(
        model.parameters(), lr=rule["eta"], betas=(rule["beta1"], rule["beta2"]), eps=rule["epsilon"], **fused)
else:
    optimiser = torch.optim.SGD(model.parameters(), lr=rule["eta"], **fused)

rows, inputs, outputs = problem["batchSize"], problem["layers"][0]["inputs"], problem["layers"][-1]["outputs"]
batches = [(floats(rows * inputs).reshape(rows, inputs), floats(rows * outputs).reshape(rows, outputs))
           for _ in range(problem["batches"])]
step = 0

while command := given.read(1):
    if command == b"s":
        (count,) = struct.unpack("<i", given.read(4))
        for _ in range(count):
            x, y = batches[step % len(batches)]
            step += 1
            optimiser.zero_grad()
            loss_of(x, y).backward()
            optimiser.step()
        answers.write(b".")
        answers.flush()
    elif command == b"p":
        answer(torch.cat([parameter.flatten() for parameter in model.parameters()]))
    elif command == b"f":
        (count,) = struct.unpack("<i", given.read(4))
        with torch.inference_mode():
            answer(model(floats(count * inputs).reshape(count, inputs)))
