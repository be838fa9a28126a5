"""Weights between PyTorch and flux4j, both ways. Needs torch and safetensors (Debian: python3-torch, python3-safetensors).

    python3 weights.py make           # writes what WeightsTest reads: the numbers of a trained network, and its predictions
    python3 weights.py predict FILE   # loads what Weights.save wrote of the same layers, and prints its predictions
"""

import sys

import torch
from safetensors.torch import load_file, save_file
from torch import nn


def network():
    return nn.Sequential(
        nn.Linear(3, 5),
        nn.Tanh(),
        nn.BatchNorm1d(5),
        nn.Dropout(0.2),
        nn.Sequential(nn.Linear(5, 4), nn.ReLU()),
        nn.LayerNorm(4),
        nn.Linear(4, 2),
    )


FEATURES = torch.tensor([[0.5, -1.0, 2.0], [0.0, 0.0, 0.0], [-3.0, 0.25, 1.5], [10.0, -10.0, 0.125]])


def train(model):
    """So that running statistics are others than at the start."""
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(20):
        x = torch.randn(16, 3)
        optimiser.zero_grad()
        nn.functional.mse_loss(model(x), torch.stack([x[:, 0] * x[:, 1], x[:, 2]], dim=1)).backward()
        optimiser.step()


def predictions(model):
    with torch.no_grad():
        return model.eval()(FEATURES.to(next(model.parameters()).dtype))


def lines(model):
    return "".join(",".join(repr(number) for number in row) + "\n" for row in predictions(model).tolist())


def make():
    torch.manual_seed(1)
    model = network()
    train(model)
    save_file(model.state_dict(), "float32.safetensors")
    with open("predictions.csv", "w") as file:
        file.write(lines(model))
    save_file({name: tensor.double() if tensor.is_floating_point() else tensor for name, tensor in model.state_dict().items()}, "float64.safetensors")
    save_file({name: tensor.bfloat16() for name, tensor in model.state_dict().items()}, "bfloat16.safetensors")


def predict(path):
    model = network()
    print(model.load_state_dict(load_file(path), strict=False), file=sys.stderr)  # flux4j counts no batches
    sys.stdout.write(lines(model))


if __name__ == "__main__":
    make() if sys.argv[1] == "make" else predict(sys.argv[2])
