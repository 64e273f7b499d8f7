//! A script that builds the same network in PyTorch, loads its file and shows that both make the same of the same items.

use std::fmt::Write as _;

use super::{Settings, TrainedOn};
use crate::anomaly::ErrorMeasure;
use crate::autoencoder::{Activation, Architecture, Dimensions, LayerKind, Shape, Window};
use crate::data::{CurveScaling, Encoding, Form, Schema, SeriesForm};

/// The script for a model; `file_name` is what its file is called, which lies beside the script.
pub fn pytorch_script(settings: &Settings, file_name: &str) -> String {
    let recipe = &settings.recipe;
    let parts = [
        head(settings, file_name),
        network(&recipe.architecture),
        preparation(settings.trained_on.as_ref(), recipe.label_input),
        error_of(&recipe.measure),
        CHECK.to_owned(),
    ];
    parts.join("\n\n")
}

fn head(settings: &Settings, file_name: &str) -> String {
    let title = settings.name.title();
    let trained_on = settings.trained_on.as_ref();
    let data = trained_on.map_or_else(String::new, |it| {
        format!("\nIt was trained on {}.", in_docstring(&it.title))
    });
    let threshold = settings.threshold.map_or_else(|| "None".to_owned(), python);
    format!(
        r#""""The network of "{title}" in PyTorch, as Bottleneck trained it.{data}

    pip install torch numpy safetensors
    python3 THIS_SCRIPT.py [MODEL{ending}]

This builds the network, loads its weights, and holds what it makes of a few items against what Bottleneck made of them.
To use it elsewhere, import Autoencoder, load, prepare and error_of.
"""

import json
import math
import pathlib
import sys

import torch
from safetensors import safe_open
from torch import nn
from torch.nn import functional

MODEL = pathlib.Path(__file__).with_name({file_name})
THRESHOLD = {threshold}  # an item with a larger error is an anomaly
TOLERANCE = 1e-5
"#,
        ending = super::ENDING,
        file_name = text(file_name),
    )
}

/// The class of the network.
fn network(architecture: &Architecture) -> String {
    let shapes = architecture.shapes();
    let code_layer = architecture.code_layer();
    let (input_size, code_size) = (architecture.input_size(), architecture.code_size());
    let layers = architecture.layers.iter().zip(&shapes);
    let modules = lines_of(layers.map(|(layer, input)| module(layer.kind, *input)), 12);
    let encode = steps(architecture, &shapes, 0..code_layer);
    let decode = steps(architecture, &shapes, code_layer..architecture.layers.len());
    format!(
        r#"class Autoencoder(nn.Module):
    """{input_size} values in, a code of {code_size}, {input_size} values out."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([
{modules}        ])

    def encode(self, x):
        """n x {input_size} -> n x {code_size}"""
{encode}        return x

    def decode(self, x):
        """n x {code_size} -> n x {input_size}"""
{decode}        return x

    def forward(self, x):
        return self.decode(self.encode(x))
"#
    )
}

fn module(kind: LayerKind, input: Shape) -> String {
    let window = |name: &str, window: Window| {
        let dimensions = match window.dimensions {
            Dimensions::One => "1d",
            Dimensions::Two => "2d",
        };
        format!(
            "nn.{name}{dimensions}({}, {}, {}, stride={}, padding={}",
            input.channels, window.channels, window.kernel, window.stride, window.padding
        )
    };
    match kind {
        LayerKind::Dense { n_outputs } => format!("nn.Linear({}, {n_outputs})", input.n_values()),
        LayerKind::Variational { n_outputs, .. } => {
            format!("nn.Linear({}, 2 * {n_outputs})", input.n_values())
        }
        LayerKind::Convolution(it) => window("Conv", it) + ")",
        LayerKind::TransposedConvolution(it) => {
            let begun = window("ConvTranspose", it);
            format!("{begun}, output_padding={})", it.output_padding)
        }
    }
}

/// The lines that bring `x` through some layers. It is flat before and after them.
fn steps(architecture: &Architecture, shapes: &[Shape], range: std::ops::Range<usize>) -> String {
    let mut lines = String::new();
    // What the last window slid over; nothing where `x` is flat.
    let mut maps = None;
    let mut add = |line: &str| {
        // Text takes all.
        let _ = writeln!(lines, "        {line}");
    };
    for idx in range {
        let layer = &architecture.layers[idx];
        let Shape {
            channels,
            height,
            width,
        } = shapes[idx];
        let needed = dimensions_of(layer.kind);
        if needed != maps {
            add(&match needed {
                None => "x = x.flatten(1)".to_owned(),
                Some(Dimensions::One) => format!("x = x.reshape(-1, {channels}, {width})"),
                Some(Dimensions::Two) => {
                    format!("x = x.reshape(-1, {channels}, {height}, {width})")
                }
            });
        }
        maps = needed;
        if layer.beta().is_some() {
            add(
                "# While it was trained, a code was drawn around the mean; judging takes the mean itself.",
            );
            add(&format!(
                "x, log_variance = self.layers[{idx}](x).chunk(2, dim=1)"
            ));
            if layer.activation != Activation::Identity {
                add(&format!("x = {}", activated(layer.activation, "x")));
            }
        } else {
            let sums = format!("self.layers[{idx}](x)");
            add(&format!("x = {}", activated(layer.activation, &sums)));
        }
        if layer.dropout > 0.0 {
            let part = layer.dropout;
            add(&format!(
                "# While it was trained, a part of {part} of these was left out."
            ));
        }
    }
    if maps.is_some() {
        add("x = x.flatten(1)");
    }
    lines
}

/// In how many dimensions a layer's window slides; `None` without one.
fn dimensions_of(kind: LayerKind) -> Option<Dimensions> {
    match kind {
        LayerKind::Convolution(window) | LayerKind::TransposedConvolution(window) => {
            Some(window.dimensions)
        }
        LayerKind::Dense { .. } | LayerKind::Variational { .. } => None,
    }
}

fn activated(activation: Activation, sums: &str) -> String {
    match activation {
        Activation::Identity => sums.to_owned(),
        Activation::Relu => format!("functional.relu({sums})"),
        Activation::LeakyRelu => {
            format!("functional.leaky_relu({sums}, {})", Activation::LEAK)
        }
        Activation::Tanh => format!("torch.tanh({sums})"),
        Activation::Sigmoid => format!("torch.sigmoid({sums})"),
        Activation::Silu => format!("functional.silu({sums})"),
        Activation::Gelu => format!("functional.gelu({sums})"),
    }
}

/// The function that makes inputs of items.
fn preparation(trained_on: Option<&TrainedOn>, label_input: bool) -> String {
    let Some(trained_on) = trained_on else {
        return NO_PREPARATION.to_owned();
    };
    match &trained_on.form {
        Form::Pictures { width, height } => {
            let largest = trained_on.largest_level.unwrap_or(u8::MAX);
            let scale = label_input.then_some(trained_on.largest_label);
            of_pictures([*width, *height], largest, scale)
        }
        Form::Table(schema) => of_rows(schema),
        Form::Series(form) => of_curves(form, label_input.then_some(trained_on.largest_label)),
    }
}

fn of_pictures([width, height]: [usize; 2], largest: u8, label_scale: Option<u8>) -> String {
    let n_pixels = width * height;
    let labels = label_scale.map_or(
        "",
        |_| "\n\n    The label is one more input after the pixels.",
    );
    let with_labels = label_scale.map_or_else(String::new, |largest| {
        format!(
            "    labels = torch.as_tensor(labels, dtype=torch.float32).reshape(-1, 1) / {largest}\n    \
             values = torch.cat([values, labels], dim=1)\n"
        )
    });
    format!(
        r#"def prepare(pictures, labels=None):
    """Pictures of {width} x {height} pixels, 0 (paper) to {largest} (ink), row by row: n of them -> n x values.

    A drawing on Bottleneck's page is first made like the pictures of the data, step by step; this takes it from there.{labels}
    """
    values = torch.as_tensor(pictures, dtype=torch.float32).reshape(-1, {n_pixels}) / {largest}
{with_labels}    return values


def prepare_examples(metadata, tensors):
    """The inputs of the stored items, made anew."""
    return prepare(tensors["check.levels"], tensors.get("check.label"))
"#
    )
}

fn of_curves(form: &SeriesForm, label_scale: Option<u8>) -> String {
    let n_samples = form.n_samples;
    let scaled = match form.scaling {
        CurveScaling::ByTheWhole { offset, scale } => {
            format!(
                "    values = (values - {}) / {}\n",
                python(offset),
                python(scale)
            )
        }
        CurveScaling::EachByItself => {
            "    deviations = values.std(dim=1, keepdim=True, unbiased=False)\n    \
             deviations[deviations == 0] = 1\n    \
             values = (values - values.mean(dim=1, keepdim=True)) / deviations\n"
                .to_owned()
        }
    };
    let with_labels = label_scale.map_or_else(String::new, |largest| {
        format!(
            "    labels = torch.as_tensor(labels, dtype=torch.float32).reshape(-1, 1) / {largest}\n    \
             values = torch.cat([values, labels], dim=1)\n"
        )
    });
    format!(
        r#"def prepare(curves, labels=None):
    """Curves of {n_samples} samples as their file has them: n of them -> n x values."""
    values = torch.as_tensor(curves, dtype=torch.float32).reshape(-1, {n_samples})
{scaled}{with_labels}    return values


def prepare_examples(metadata, tensors):
    """The stored items are inputs already; nothing is left of how their file had them."""
    return None
"#
    )
}

fn of_rows(schema: &Schema) -> String {
    let columns = schema.spans().map(|(column, _)| {
        let how = match &column.encoding {
            Encoding::Number { offset, scale, .. } => {
                format!("\"number\", ({}, {})", python(*offset), python(*scale))
            }
            Encoding::Logarithm {
                unit,
                offset,
                scale,
                ..
            } => {
                let [unit, offset, scale] = [unit, offset, scale].map(|&it| python(it));
                format!("\"logarithm\", ({unit}, {offset}, {scale})")
            }
            Encoding::Signed { negative, positive } => {
                format!("\"sign\", ({}, {})", text(negative), text(positive))
            }
            Encoding::OneHot { levels } => {
                let levels: Vec<String> = levels.iter().map(|level| text(level)).collect();
                format!("\"one of\", [{}]", levels.join(", "))
            }
            Encoding::Missing => "\"is missing\", None".to_owned(),
            Encoding::LeftOut => String::new(),
        };
        format!("({}, {how})", text(&column.name))
    });
    let columns = lines_of(columns, 4);
    format!("# How each column becomes values.\nCOLUMNS = [\n{columns}]\n\n\n{OF_ROWS}")
}

fn error_of(measure: &ErrorMeasure) -> String {
    let error = match measure {
        ErrorMeasure::MeanSquared => "((inputs - outputs) ** 2).mean(dim=1)".to_owned(),
        ErrorMeasure::SummedSquared => "((inputs - outputs) ** 2).sum(dim=1)".to_owned(),
        ErrorMeasure::MeanAbsolute => "(inputs - outputs).abs().mean(dim=1)".to_owned(),
        ErrorMeasure::SummedAbsolute => "(inputs - outputs).abs().sum(dim=1)".to_owned(),
        ErrorMeasure::Maximum => "(inputs - outputs).abs().amax(dim=1)".to_owned(),
        ErrorMeasure::Weighted { weights } => {
            let weights: Vec<String> = weights.iter().map(|&weight| python(weight)).collect();
            let weights = weights.join(", ");
            return format!(
                r#"def error_of(inputs, outputs):
    """How badly each item is reconstructed; values beyond the last weight count 1."""
    weights = torch.ones(inputs.shape[1])
    given = torch.tensor([{weights}])[: inputs.shape[1]]
    weights[: len(given)] = given
    return (((inputs - outputs) ** 2) * weights).sum(dim=1) / weights.sum()
"#
            );
        }
    };
    format!(
        r#"def error_of(inputs, outputs):
    """How badly each item is reconstructed."""
    return {error}
"#
    )
}

/// The entries of a list, each on a line of its own.
fn lines_of(entries: impl Iterator<Item = String>, indent: usize) -> String {
    let entries = entries.map(|entry| format!("{:indent$}{entry},\n", ""));
    entries.collect::<Vec<_>>().concat()
}

/// A number as Python reads it, to the last bit.
fn python(number: f32) -> String {
    if number.is_finite() {
        format!("{:?}", f64::from(number))
    } else {
        format!("float(\"{number}\")")
    }
}

/// A text as Python reads it; JSON's strings are Python's.
fn text(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A text that does not end the documentation that it stands in.
fn in_docstring(text: &str) -> String {
    text.replace(['\\', '"'], "'")
        .replace(|it: char| it.is_control(), " ")
}

const NO_PREPARATION: &str = r#"def prepare(items):
    """n x values, as the network takes them; its file does not say how they are made."""
    return torch.as_tensor(items, dtype=torch.float32)


def prepare_examples(metadata, tensors):
    """Nothing is known of how items become inputs."""
    return None
"#;

const OF_ROWS: &str = r#"def encode_cell(cell, kind, how):
    """The values of one cell, a text."""
    if kind == "number":
        offset, scale = how
        return [(float(cell) - offset) / scale]
    if kind == "logarithm":
        unit, offset, scale = how
        number = float(cell)
        return [(math.copysign(math.log1p(abs(number) / unit), number) - offset) / scale]
    if kind == "sign":
        return [-1.0 if cell == how[0] else 1.0]
    if kind == "is missing":
        return [1.0 if cell == "yes" else 0.0]
    return [1.0 if (cell or "(empty)") == level else 0.0 for level in how]


def prepare(rows):
    """Rows as dictionaries from column names to texts: n of them -> n x values."""
    values = [[value for name, kind, how in COLUMNS for value in encode_cell(row[name], kind, how)] for row in rows]
    return torch.tensor(values, dtype=torch.float32)


def prepare_examples(metadata, tensors):
    """The inputs of the stored items, made anew."""
    names = [name for name, _, _ in COLUMNS]
    rows = metadata.get("example_cells", [])
    return prepare([dict(zip(names, row)) for row in rows]) if rows else None
"#;

const CHECK: &str = r#"def load(path=MODEL):
    """The network, what its file says of it, and all tensors of the file."""
    with safe_open(path, framework="pt") as file:
        metadata = json.loads(file.metadata()["bottleneck"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    network = Autoencoder()
    network.load_state_dict({name: value for name, value in tensors.items() if name.startswith("layers.")})
    return network.eval(), metadata, tensors


def check(network, metadata, tensors):
    """The largest difference from what Bottleneck made of the stored items."""
    inputs = prepare_examples(metadata, tensors)
    differences = []
    if inputs is None:
        inputs = tensors["check.input"]
    else:
        differences.append((inputs - tensors["check.input"]).abs().max().item())
        print(f"inputs as prepared here: largest difference {differences[-1]:.1e}")
    with torch.no_grad():
        codes = network.encode(inputs)
        outputs = network.decode(codes)
    errors = error_of(inputs, outputs)
    for row, item in enumerate(tensors["check.item"].tolist()):
        output = (outputs[row] - tensors["check.output"][row]).abs().max().item()
        code = (codes[row] - tensors["check.code"][row]).abs().max().item()
        differences.append(output)
        ours, theirs = errors[row].item(), tensors["check.error"][row].item()
        verdict = "" if THRESHOLD is None else ", an anomaly" if ours > THRESHOLD else ", normal"
        print(
            f"item {item}: error {ours:.6f} here, {theirs:.6f} in Bottleneck{verdict}; "
            f"largest difference of an output {output:.1e}, of the code {code:.1e}"
        )
    return max(differences, default=0.0)


if __name__ == "__main__":
    largest = check(*load(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else MODEL))
    if largest > TOLERANCE:
        sys.exit(f"The outputs differ by {largest:.1e}, more than {TOLERANCE:.0e}: file and script do not belong together.")
    print(f"Everything agrees within {TOLERANCE:.0e}.")
"#;
