//! A part of the page as an SVG that needs no style sheet: what the browser has laid out, with its colours in it.

use std::fmt::Write as _;

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast as _;
use web_sys::{CssStyleDeclaration, DomRect, Element, HtmlCanvasElement, Node, Range};

/// Free space around the picture, in pixels.
const MARGIN: f64 = 12.0;

/// What a shape's look hangs on.
const OF_SHAPES: [&str; 14] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "vector-effect",
    "opacity",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
];

/// Controls are no part of a picture.
const CONTROLS: [&str; 4] = ["button", "input", "select", "dialog"];

/// A picture.
pub(super) struct Traced {
    /// The text of an SVG file.
    pub svg: String,
    /// Width and height in pixels.
    pub size: (f64, f64),
}

/// Traces an element as it is laid out now; `None` where it is not.
pub(super) fn trace(element: &Element) -> Option<Traced> {
    let frame = element.get_bounding_client_rect();
    let (width, height) = (frame.width() + 2.0 * MARGIN, frame.height() + 2.0 * MARGIN);
    if frame.width() < 1.0 || frame.height() < 1.0 {
        return None;
    }
    let mut tracer = Tracer {
        left: frame.left() - MARGIN,
        top: frame.top() - MARGIN,
        svg: format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.1} {height:.1}\">\n<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n",
            ground_of(element)
        ),
    };
    tracer.element(element)?;
    tracer.svg.push_str("</svg>\n");
    Some(Traced {
        svg: tracer.svg,
        size: (width, height),
    })
}

/// The colour that the element stands on.
fn ground_of(element: &Element) -> String {
    let mut at = Some(element.clone());
    while let Some(element) = at {
        if let Some(style) = style_of(&element)
            && let Some(colour) = colour(&style, "background-color")
        {
            return colour;
        }
        at = element.parent_element();
    }
    "white".to_owned()
}

struct Tracer {
    left: f64,
    top: f64,
    svg: String,
}

impl Tracer {
    fn element(&mut self, element: &Element) -> Option<()> {
        let style = style_of(element)?;
        let frame = element.get_bounding_client_rect();
        let tag = element.tag_name().to_lowercase();
        if is_hidden(&style, &frame) {
            return Some(());
        }
        if element.class_list().contains("dot") {
            self.dot(&style, &frame);
            return Some(());
        }
        if CONTROLS.contains(&tag.as_str()) {
            return Some(());
        }
        let opacity = value(&style, "opacity");
        let is_faint = opacity != "1" && tag != "svg";
        if is_faint {
            self.add(&format!("<g opacity=\"{opacity}\">"));
        }
        match tag.as_str() {
            "svg" => self.drawing(element, &frame)?,
            "canvas" => self.canvas(element.unchecked_ref(), &frame),
            _ => {
                self.ground(&style, &frame);
                self.borders(&style, &frame);
                self.mark_before(element, &frame);
                self.inside(element, &style)?;
            }
        }
        if is_faint {
            self.add("</g>");
        }
        Some(())
    }

    /// A point of a chart, which is a button larger than it looks.
    fn dot(&mut self, style: &CssStyleDeclaration, frame: &DomRect) {
        let radius = frame.width() / 2.0 - pixels(style, "padding-left");
        let (x, y) = (frame.left() - self.left, frame.top() - self.top);
        let (x, y) = (x + frame.width() / 2.0, y + frame.height() / 2.0);
        if let Some(colour) = colour(style, "background-color") {
            self.add(&format!(
                "<circle cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"{radius}\" fill=\"{colour}\"/>"
            ));
        }
    }

    fn inside(&mut self, element: &Element, style: &CssStyleDeclaration) -> Option<()> {
        let nodes = element.child_nodes();
        for idx in 0..nodes.length() {
            let node = nodes.get(idx)?;
            match node.node_type() {
                Node::ELEMENT_NODE => self.element(node.unchecked_ref())?,
                Node::TEXT_NODE => self.text(&node, style)?,
                _ => {}
            }
        }
        Some(())
    }

    /// A drawing keeps its own shapes; what the style sheet says of them becomes attributes.
    fn drawing(&mut self, element: &Element, frame: &DomRect) -> Option<()> {
        let copy: Element = element.clone_node_with_deep(true).ok()?.unchecked_into();
        attribute_looks(element, &copy)?;
        let place = [
            ("x", frame.left() - self.left),
            ("y", frame.top() - self.top),
            ("width", frame.width()),
            ("height", frame.height()),
        ];
        for (name, number) in place {
            copy.set_attribute(name, &format!("{number:.2}")).ok()?;
        }
        let svg = copy.outer_html();
        self.add(&svg);
        Some(())
    }

    fn canvas(&mut self, canvas: &HtmlCanvasElement, frame: &DomRect) {
        if let Ok(data) = canvas.to_data_url() {
            let place = self.place(frame);
            self.add(&format!(
                "<image {place} preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"{data}\"/>"
            ));
        }
    }

    fn ground(&mut self, style: &CssStyleDeclaration, frame: &DomRect) {
        if let Some(colour) = colour(style, "background-color") {
            let place = self.place(frame);
            let radius = pixels(style, "border-top-left-radius");
            self.add(&format!(
                "<rect {place} rx=\"{radius}\" fill=\"{colour}\"/>"
            ));
        }
    }

    fn borders(&mut self, style: &CssStyleDeclaration, frame: &DomRect) {
        let (left, top) = (frame.left() - self.left, frame.top() - self.top);
        let (right, bottom) = (left + frame.width(), top + frame.height());
        let sides = [
            ("top", [left, top, right, top]),
            ("right", [right, top, right, bottom]),
            ("bottom", [left, bottom, right, bottom]),
            ("left", [left, top, left, bottom]),
        ];
        for (side, [x1, y1, x2, y2]) in sides {
            let width = pixels(style, &format!("border-{side}-width"));
            let kind = value(style, &format!("border-{side}-style"));
            let Some(colour) = colour(style, &format!("border-{side}-color")) else {
                continue;
            };
            if width > 0.0 && kind != "none" {
                let dashes = match kind.as_str() {
                    "dashed" | "dotted" => " stroke-dasharray=\"3 3\"",
                    _ => "",
                };
                self.add(&format!(
                    "<line x1=\"{x1:.2}\" y1=\"{y1:.2}\" x2=\"{x2:.2}\" y2=\"{y2:.2}\" stroke=\"{colour}\" \
                     stroke-width=\"{width}\"{dashes}/>"
                ));
            }
        }
    }

    /// The mark of a legend's entry, which only the style sheet knows.
    fn mark_before(&mut self, element: &Element, frame: &DomRect) {
        let style = window().get_computed_style_with_pseudo_elt(element, "::before");
        let Some(style) = style.ok().flatten() else {
            return;
        };
        let (width, height) = (pixels(&style, "width"), pixels(&style, "height"));
        let is_there = value(&style, "display") == "inline-block" && width > 0.0;
        if let Some(colour) = colour(&style, "background-color").filter(|_| is_there) {
            let x = frame.left() - self.left;
            let y = frame.top() - self.top + (frame.height() - height) / 2.0;
            let radius = pixels(&style, "border-top-left-radius");
            self.add(&format!(
                "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" rx=\"{radius}\" \
                 fill=\"{colour}\"/>"
            ));
        }
    }

    /// A text where its words stand, a piece for each line.
    fn text(&mut self, node: &Node, style: &CssStyleDeclaration) -> Option<()> {
        let text = node.text_content().unwrap_or_default();
        let range = document().create_range().ok()?;
        let mut line: Option<(DomRect, String)> = None;
        for (start, word) in words_of(&text) {
            let frame = frame_of(&range, node, start, word)?;
            match &mut line {
                Some((begin, words)) if (begin.top() - frame.top()).abs() < 1.0 => {
                    words.push(' ');
                    words.push_str(word);
                }
                _ => {
                    if let Some((begin, words)) = line.replace((frame, word.to_owned())) {
                        self.line_of_text(&begin, &words, style);
                    }
                }
            }
        }
        if let Some((begin, words)) = line {
            self.line_of_text(&begin, &words, style);
        }
        Some(())
    }

    fn line_of_text(&mut self, begin: &DomRect, words: &str, style: &CssStyleDeclaration) {
        /// How far below the middle of a line its letters stand, as a part of their size.
        const BASELINE: f64 = 0.35;
        let size = pixels(style, "font-size");
        let x = begin.left() - self.left;
        let y = begin.top() - self.top + begin.height() / 2.0 + BASELINE * size;
        let (family, weight) = (value(style, "font-family"), value(style, "font-weight"));
        let colour = value(style, "color");
        self.add(&format!(
            "<text x=\"{x:.2}\" y=\"{y:.2}\" font-family=\"{}\" font-size=\"{size}\" font-weight=\"{weight}\" \
             fill=\"{colour}\">{}</text>",
            family.replace('"', "'"),
            escaped(words)
        ));
    }

    fn place(&self, frame: &DomRect) -> String {
        format!(
            "x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\"",
            frame.left() - self.left,
            frame.top() - self.top,
            frame.width(),
            frame.height()
        )
    }

    fn add(&mut self, line: &str) {
        // Text takes all.
        let _ = writeln!(self.svg, "{line}");
    }
}

/// Gives a copy of a drawing the looks of the original, shape by shape.
fn attribute_looks(original: &Element, copy: &Element) -> Option<()> {
    let style = style_of(original)?;
    copy.remove_attribute("class").ok()?;
    copy.remove_attribute("style").ok()?;
    for name in OF_SHAPES {
        let value = value(&style, name).replace('"', "'");
        copy.set_attribute(name, &value).ok()?;
    }
    if value(&style, "display") == "none" {
        copy.set_attribute("display", "none").ok()?;
    }
    let (originals, copies) = (original.children(), copy.children());
    for idx in 0..originals.length() {
        attribute_looks(&originals.item(idx)?, &copies.item(idx)?)?;
    }
    Some(())
}

/// The words of a text, each with where it begins in it, in units of UTF-16 as a document counts.
fn words_of(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut at = 0;
    text.split(|it: char| it.is_ascii_whitespace())
        .map(move |word| {
            let begin = at;
            at += word.encode_utf16().count() as u32 + 1;
            (begin, word)
        })
        .filter(|(_, word)| !word.is_empty())
}

fn frame_of(range: &Range, node: &Node, start: u32, word: &str) -> Option<DomRect> {
    let end = start + word.encode_utf16().count() as u32;
    range.set_start(node, start).ok()?;
    range.set_end(node, end).ok()?;
    Some(range.get_bounding_client_rect())
}

/// Not shown at all, or only to screen readers.
fn is_hidden(style: &CssStyleDeclaration, frame: &DomRect) -> bool {
    value(style, "display") == "none"
        || value(style, "visibility") == "hidden"
        || value(style, "opacity") == "0"
        || (value(style, "overflow") == "hidden" && frame.width() <= 1.0 && frame.height() <= 1.0)
}

fn style_of(element: &Element) -> Option<CssStyleDeclaration> {
    window().get_computed_style(element).ok()?
}

fn value(style: &CssStyleDeclaration, name: &str) -> String {
    style.get_property_value(name).unwrap_or_default()
}

/// A length in pixels; 0 for what is none.
fn pixels(style: &CssStyleDeclaration, name: &str) -> f64 {
    let value = value(style, name);
    value
        .strip_suffix("px")
        .and_then(|it| it.parse().ok())
        .unwrap_or(0.0)
}

/// A colour that can be seen.
fn colour(style: &CssStyleDeclaration, name: &str) -> Option<String> {
    let colour = value(style, name);
    let is_clear = colour.is_empty() || colour == "transparent" || colour.ends_with(", 0)");
    (!is_clear).then_some(colour)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
