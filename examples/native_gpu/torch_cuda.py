"""Trains a workload with PyTorch on a CUDA device: a line of JSON asks, a line of JSON answers.

`BENCH_DEVICE=cpu` tries the script out without a card.
"""

import json
import os
import sys
import time

MOST_STEPS = 500
LONGEST_ROUND = 3.0
READ_EVERY = 0.03


def say(answer):
    print(json.dumps(answer), flush=True)


def network(nn, architecture):
    activations = {"Identity": nn.Identity, "Relu": nn.ReLU, "Tanh": nn.Tanh, "Sigmoid": nn.Sigmoid,
                   "LeakyRelu": nn.LeakyReLU, "Silu": nn.SiLU, "Gelu": nn.GELU}
    channels, is_flat = architecture["input"]["channels"], architecture["input"]["height"] == 1
    modules = []
    for layer in architecture["layers"]:
        ((name, kind),) = layer["kind"].items()
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
            window = (channels, kind["channels"], kind["kernel"], kind["stride"], kind["padding"])
            channels = kind["channels"]
            if name == "Convolution":
                modules.append(nn.Conv2d(*window))
            else:
                modules.append(nn.ConvTranspose2d(*window, output_padding=kind["output_padding"]))
        modules.append(activations[layer["activation"]]())
    return nn.Sequential(*modules)


class Run:
    def __init__(self, torch, device, question):
        self.torch, self.device = torch, device
        training, architecture = question["recipe"]["training"], question["recipe"]["architecture"]
        shape = architecture["input"]
        size = shape["channels"] * shape["height"] * shape["width"]
        rows = torch.tensor(question["items"]).reshape(-1, size)
        if shape["height"] > 1:
            rows = rows.reshape(-1, shape["channels"], shape["height"], shape["width"])
        items = rows[torch.tensor(question["order"])].to(device)
        self.batches = items.split(training["batch_size"])
        self.network = network(torch.nn, architecture)
        torch.nn.utils.vector_to_parameters(torch.tensor(question["weights"]), self.network.parameters())
        self.network.to(device)
        make = torch.optim.SGD if training["optimiser"] == "Sgd" else torch.optim.Adam
        rate, decay = training["learning_rate"], training["weight_decay"]
        self.optimiser = make(self.network.parameters(), lr=rate, weight_decay=decay)
        self.measure = torch.nn.MSELoss()
        self.n_steps = 0

    def step(self):
        batch = self.batches[self.n_steps % len(self.batches)]
        self.n_steps += 1
        self.optimiser.zero_grad()
        loss = self.measure(self.network(batch), batch)
        loss.backward()
        self.optimiser.step()
        return loss.detach()

    def read(self, losses):
        return self.torch.stack(losses).tolist()

    def round(self):
        started = last_read = time.perf_counter()
        losses, n_steps = [], 0
        while n_steps < MOST_STEPS and time.perf_counter() - started < LONGEST_ROUND:
            losses.append(self.step())
            n_steps += 1
            if time.perf_counter() - last_read >= READ_EVERY:
                self.read(losses)
                losses, last_read = [], time.perf_counter()
        if losses:
            self.read(losses)
        return n_steps, (time.perf_counter() - started) * 1000


def main():
    try:
        import torch
    except ImportError:
        return say({"missing": "this Python has no torch; name one that has it in PYTHON"})
    device = os.environ.get("BENCH_DEVICE", "cuda")
    if device == "cuda" and not torch.cuda.is_available():
        return say({"missing": f"PyTorch {torch.__version__} sees no CUDA device"})
    card = torch.cuda.get_device_name() if device == "cuda" else device
    say({"version": torch.__version__, "card": card})
    for line in sys.stdin:
        question = json.loads(line)
        run = Run(torch, device, question)
        losses = run.read([run.step() for _ in range(question["n_compared"])])
        say({"losses": losses, "rounds": [run.round() for _ in range(question["n_rounds"])]})


main()
