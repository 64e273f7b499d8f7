"""How well known anomalies of tables are told apart, beside the same network in PyTorch with standard scores.

    cargo build --release --example evaluate
    python tests/levels/compare_tables.py --evaluate target/release/examples/evaluate

Both learn from three fifths of the normal rows and are asked for the area under the ROC curve of the known anomalies
against a fifth of the normal rows, which neither has seen. The network, the optimiser and the number of epochs are those
of the recipe `employees-tuned`: 16-7-16 units of tanh between two linear ends, Adam at 0.01 on a half cosine, batches of
ten, 200 epochs. The means are over the seeds; needs numpy and torch (2.15 was used).
"""

import argparse
import csv
import json
import math
import subprocess
from pathlib import Path

import numpy as np
import torch

CASES = Path(__file__).parent.parent / "fixtures" / "cases"
RECIPE = "employees-tuned"
EPOCHS, BATCH, RATE = 200, 10, 0.01

# The file, the column that knows the anomalies, what it says of normal rows, and the columns that are no inputs.
FILES = [
    ("04-quoted-class.csv", "Class", "0", ["Time"]),
    ("07-unnamed.csv", "label", "normal", [""]),
    ("22-known-anomalies.csv", "outlier", "0", []),
    ("52-dash-is-normal.csv", "alert", "-", []),
]


def rows_of(name, answer, normal, others):
    """Normal rows and anomalies, `n × columns` each."""
    with (CASES / name).open(newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [it for it in rows[0] if it != answer and it not in others]
    values = np.array([[float(row[it]) for it in columns] for row in rows])
    is_normal = np.array([row[answer] == normal for row in rows])
    return values[is_normal], values[~is_normal]


def network(n_columns):
    code = min(7, n_columns - 1)
    sizes = [n_columns, 16, code, 16, n_columns]
    layers = []
    for n_inputs, n_outputs in zip(sizes, sizes[1:]):
        layer = torch.nn.Linear(n_inputs, n_outputs)
        torch.nn.init.xavier_uniform_(layer.weight)
        torch.nn.init.zeros_(layer.bias)
        layers += [layer, torch.nn.Tanh()]
    return torch.nn.Sequential(*layers[:-1])


def trained(rows, seed):
    torch.manual_seed(seed)
    model = network(rows.shape[1])
    optimiser = torch.optim.Adam(model.parameters(), lr=RATE)
    n_steps = EPOCHS * math.ceil(len(rows) / BATCH)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, n_steps)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(rows)).split(BATCH):
            optimiser.zero_grad()
            loss = torch.nn.functional.mse_loss(model(rows[batch]), rows[batch])
            loss.backward()
            optimiser.step()
            schedule.step()
    return model


def area(normal, anomalous):
    """The chance that an anomaly has the larger error."""
    larger = anomalous[:, None] > normal[None, :]
    equal = anomalous[:, None] == normal[None, :]
    return float((larger + 0.5 * equal).mean())


def area_in_torch(normal, anomalous, seed):
    order = np.random.default_rng(seed).permutation(len(normal))
    train, test = order[: len(normal) * 3 // 5], order[len(normal) * 4 // 5 :]
    mean, deviation = normal[train].mean(axis=0), normal[train].std(axis=0)
    scored = lambda rows: torch.tensor((rows - mean) / deviation, dtype=torch.float32)
    model = trained(scored(normal[train]), seed)
    with torch.no_grad():
        errors = lambda rows: ((model(rows) - rows) ** 2).mean(dim=1).numpy()
        return area(errors(scored(normal[test])), errors(scored(anomalous)))


def areas_here(evaluate, name, seed):
    """Of the network's error, and of error and code together."""
    command = [evaluate, RECIPE, "--data", CASES / name, "--seed", str(seed), "--json"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    known = next(it for it in report["anomalies"] if it["kind"] == "known")
    areas = {it["name"]: it["auroc"]["value"] for it in known["detectors"]}
    return areas["autoencoder"], areas["autoencoder-combined"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--evaluate", required=True, help="the example, built with --release")
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    print("| file | anomalies | here: error | here: error and code | PyTorch, standard scores |")
    print("|---|---|---|---|---|")
    figures = []
    for file in FILES:
        normal, anomalous = rows_of(*file)
        seeds = range(1, options.seeds + 1)
        here = np.array([areas_here(options.evaluate, file[0], seed) for seed in seeds])
        there = [area_in_torch(normal, anomalous, seed) for seed in seeds]
        figures.append([*here.mean(axis=0), np.mean(there)])
        print(f"| {file[0]} | {len(anomalous)} of {len(normal) + len(anomalous)} |", *(f"{it:.3f} |" for it in figures[-1]))
    print("| mean | |", *(f"{it:.3f} |" for it in np.mean(figures, axis=0)))


if __name__ == "__main__":
    main()
