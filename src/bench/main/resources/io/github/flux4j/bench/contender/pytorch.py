"""Trains as PyTorch's documentation does. Called by contender.py."""

import torch

ACTIVATIONS = {"IDENTITY": [], "RELU": [torch.nn.ReLU], "TANH": [torch.nn.Tanh], "SIGMOID": [torch.nn.Sigmoid]}
LOSSES = {"MSE": torch.nn.MSELoss, "MAE": torch.nn.L1Loss, "LOGIT_CROSS_ENTROPY": torch.nn.CrossEntropyLoss}


def about(options):
    if "one-thread" in options:
        torch.set_num_threads(1)
    return f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads, {' '.join(options)}"


def multiply(size):
    a = torch.ones(size, size)
    return lambda: a @ a


class Model:

    def __init__(self, problem, options, floats):
        modules = []
        for layer in problem["layers"]:
            modules.append(torch.nn.Linear(layer["inputs"], layer["outputs"]))
            modules += [activation() for activation in ACTIVATIONS[layer["activation"]]]
        self.model = torch.nn.Sequential(*modules)
        self.start = [torch.from_numpy(floats(*parameter.shape)) for parameter in self.model.parameters()]
        loss = LOSSES[problem["loss"]]()
        self.loss = lambda x, y: loss(self.model(x), y)
        if "compiled" in options:
            self.loss = torch.compile(self.loss)
        self.rule, self.fused = problem["rule"], {"fused": True} if "fused" in options else {}
        rows, inputs, outputs = problem["batchSize"], problem["layers"][0]["inputs"], problem["layers"][-1]["outputs"]
        self.batches = [(torch.from_numpy(floats(rows, inputs)), torch.from_numpy(floats(rows, outputs)))
                        for _ in range(problem["batches"])]
        self.restart()

    def restart(self):
        with torch.no_grad():
            for parameter, value in zip(self.model.parameters(), self.start):
                parameter.copy_(value)
        self.optimiser = optimiser(self.model, self.rule, self.fused)
        self.steps = 0

    def step(self):
        x, y = self.batches[self.steps % len(self.batches)]
        self.steps += 1
        self.optimiser.zero_grad()
        self.loss(x, y).backward()
        self.optimiser.step()

    def parameters(self):
        return [parameter.detach().numpy() for parameter in self.model.parameters()]

    def predict(self, rows):
        with torch.inference_mode():
            return self.model(torch.from_numpy(rows)).numpy()


def optimiser(model, rule, fused):
    if "beta1" in rule:
        return torch.optim.Adam(
            model.parameters(), lr=rule["eta"], betas=(rule["beta1"], rule["beta2"]), eps=rule["epsilon"], **fused)
    return torch.optim.SGD(model.parameters(), lr=rule["eta"], **fused)
