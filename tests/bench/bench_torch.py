"""Trains the bench's workloads with PyTorch on one thread: a line of JSON asks, a line of JSON answers."""

import base64
import json
import sys
import time

import torch
from torch import nn

ACTIVATIONS = {"Identity": nn.Identity, "Relu": nn.ReLU, "Tanh": nn.Tanh, "Sigmoid": nn.Sigmoid}


def floats(text):
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=torch.float32)


def network(architecture):
    shape = architecture["input"]
    channels, is_picture = shape["channels"], shape["height"] > 1
    modules, is_flat = [], not is_picture
    for layer in architecture["layers"]:
        (name, kind), = layer["kind"].items()
        if name == "Dense":
            if not is_flat:
                modules.append(nn.Flatten())
                is_flat = True
            modules.append(nn.Linear(channels, kind["n_outputs"]))
            channels = kind["n_outputs"]
        else:
            if is_flat:
                modules.append(nn.Unflatten(1, (channels, 1, 1)))
                is_flat = False
            modules.append(convolution(name, channels, kind))
            channels = kind["channels"]
        modules.append(ACTIVATIONS[layer["activation"]]())
    return nn.Sequential(*modules)


def convolution(name, channels, kind):
    window = (channels, kind["channels"], kind["kernel"], kind["stride"], kind["padding"])
    if name == "Convolution":
        return nn.Conv2d(*window)
    return nn.ConvTranspose2d(*window, output_padding=kind["output_padding"])


class Run:
    def __init__(self, recipe, items, n_items, weights):
        self.training = recipe["training"]
        shape = recipe["architecture"]["input"]
        rows = floats(items).reshape(n_items, -1)
        is_picture = shape["height"] > 1
        self.items = rows.reshape(n_items, -1, shape["height"], shape["width"]) if is_picture else rows
        self.network = network(recipe["architecture"])
        nn.utils.vector_to_parameters(floats(weights), self.network.parameters())
        decay = self.training["weight_decay"]
        make = torch.optim.SGD if self.training["optimiser"] == "Sgd" else torch.optim.Adam
        self.optimiser = make(self.network.parameters(), lr=self.training["learning_rate"], weight_decay=decay)

    def turn(self, order):
        measure = nn.MSELoss()
        losses = []
        started = time.perf_counter()
        shuffled = self.items[torch.tensor(order)]
        for batch in shuffled.split(self.training["batch_size"]):
            self.optimiser.zero_grad()
            loss = measure(self.network(batch), batch)
            loss.backward()
            self.optimiser.step()
            losses.append(loss.item())
        return {"ms": (time.perf_counter() - started) * 1000, "losses": losses}


def main():
    torch.set_num_threads(1)
    print(json.dumps({"version": torch.__version__}), flush=True)
    run = None
    for line in sys.stdin:
        question = json.loads(line)
        if "prepare" in question:
            run = Run(**question["prepare"])
            answer = {}
        else:
            answer = run.turn(question["order"])
        print(json.dumps(answer), flush=True)


main()
