//! Classes that the reader makes up: drawn one by one, named, and put to work like a file of theirs.

mod bringing;
mod joining;

use super::{Change, Effect, PictureBench, Session};
use crate::data::{
    ClassName, Collection, Drawing, DrawnClass, MOST_CLASSES, MOST_DRAWINGS, NamedFile,
};

/// What concerns the classes that the reader makes up.
#[derive(Clone, Debug, PartialEq)]
pub enum OwnClassMessage {
    /// The sheet that is drawn on changed.
    Draw(Change),
    /// Another name for the class at hand, as it was typed.
    Name(String),
    /// What lies on the sheet is one of the class at hand; the sheet is empty then.
    Add,
    /// Take a drawing of the class at hand away: which one, from 0.
    Remove(usize),
    /// Draw for this class from now on, from 0.
    Choose(usize),
    /// Draw for a new class from now on.
    NextClass,
    /// Take back the last change of the drawings.
    Undo,
    /// Teach a network what was drawn.
    Train {
        /// The number of the only class that is normal, which alone is learned from; `None` where all of them are.
        normal: Option<usize>,
    },
    /// Give the reader all drawings as a file.
    Save,
    /// Take in the drawings of files, or the pictures in them.
    Open(Vec<NamedFile>),
}

/// Pixels along a side of what is drawn.
const SIDE: usize = 28;

/// How many changes can be taken back.
const UNDO_DEPTH: usize = 60;

/// What the reader has drawn, and what they are drawing.
#[derive(Clone, Debug)]
pub(super) struct OwnClasses {
    now: Drawn,
    /// As it was before each of the last changes.
    earlier: Vec<Drawn>,
    /// Whether the last change was a part of typing a name.
    is_naming: bool,
    sheet: PictureBench,
    /// What was done last, or why it could not be; a sentence, or nothing.
    word: String,
    /// What this browser keeps of the drawings.
    kept: Collection,
}

/// All drawings, and the class that is being drawn.
#[derive(Clone, Debug)]
struct Drawn {
    /// At least one class, be it without a name or drawings.
    collection: Collection,
    /// Its number.
    at_hand: usize,
}

impl Default for Drawn {
    fn default() -> Self {
        Self {
            collection: Collection {
                classes: vec![DrawnClass::default()],
                others: None,
            },
            at_hand: 0,
        }
    }
}

impl Default for OwnClasses {
    fn default() -> Self {
        Self {
            now: Drawn::default(),
            earlier: Vec::new(),
            is_naming: false,
            sheet: PictureBench::new(SIDE, SIDE),
            word: String::new(),
            kept: Collection::default(),
        }
    }
}

impl Drawn {
    fn class_mut(&mut self) -> Option<&mut DrawnClass> {
        self.collection.classes.get_mut(self.at_hand)
    }

    /// The drawings without classes that nobody has drawn for.
    fn without_empty(&self) -> Collection {
        let mut collection = self.collection.clone();
        collection.classes.retain(|it| !it.drawings.is_empty());
        collection
    }
}

impl OwnClasses {
    /// All classes; the last ones may be without drawings.
    pub fn classes(&self) -> &[DrawnClass] {
        &self.now.collection.classes
    }

    /// The number of the class that is being drawn.
    pub fn at_hand(&self) -> usize {
        self.now.at_hand
    }

    /// Those that were drawn.
    pub fn drawn(&self) -> Collection {
        self.now.without_empty()
    }

    /// The sheet that is drawn on.
    pub fn sheet(&self) -> &PictureBench {
        &self.sheet
    }

    /// What was done last, or why it could not be; a sentence, or nothing.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.earlier.is_empty()
    }

    /// All drawings as a file, where they are not kept in this browser yet; from now on they count as kept.
    pub fn take_new(&mut self) -> Option<Vec<u8>> {
        let drawn = self.drawn();
        if drawn == self.kept {
            return None;
        }
        self.kept = drawn;
        Some(self.kept.to_bytes())
    }

    /// Takes up what an earlier visit or a study has kept, unless something was drawn since.
    pub fn take_up(&mut self, mut collection: Collection) {
        if self.now.collection.n_drawings() == 0 {
            collection.others = None;
            self.now = Drawn {
                collection,
                at_hand: 0,
            };
        }
    }

    /// The same of what this browser keeps, which need not be kept once more.
    pub fn take_up_kept(&mut self, collection: Collection) {
        self.kept.clone_from(&collection);
        self.take_up(collection);
    }

    /// Keeps the drawings to come back to, before they change.
    fn remember(&mut self) {
        if self.earlier.len() == UNDO_DEPTH {
            self.earlier.remove(0);
        }
        self.earlier.push(self.now.clone());
        self.is_naming = false;
        self.word.clear();
    }

    fn say(&mut self, word: impl Into<String>) {
        self.word = word.into();
    }

    fn rename(&mut self, typed: &str) {
        let name = match ClassName::new(typed) {
            Ok(name) => name,
            Err(too_long) => return self.say(too_long.to_string()),
        };
        let known = self.now.class_mut().map(|class| class.name.clone());
        if known.as_ref() != Some(&name) {
            // Letter by letter it is one change.
            if !self.is_naming {
                self.remember();
            }
            self.is_naming = true;
            self.word.clear();
            if let Some(class) = self.now.class_mut() {
                class.name = name;
            }
        }
    }

    fn add(&mut self) {
        let Some(drawing) = Drawing::of(self.sheet.ink()) else {
            return self.say("Draw something first, then add it.");
        };
        if self.take_in(drawing) {
            self.sheet.apply(Change::Clear);
        }
    }

    /// Puts a drawing to those of the class at hand; whether there was room, and none like it.
    fn take_in(&mut self, drawing: Drawing) -> bool {
        let class = self.classes().get(self.now.at_hand);
        if class.is_none_or(|class| class.drawings.len() >= MOST_DRAWINGS) {
            self.say(format!(
                "{MOST_DRAWINGS} drawings are the most: remove one to make room."
            ));
            return false;
        }
        if class.is_some_and(|class| class.drawings.contains(&drawing)) {
            // It could stand on two sides of a split.
            self.say(
                "That is exactly one of your drawings: draw it once more, not quite the same.",
            );
            return false;
        }
        self.remember();
        if let Some(class) = self.now.class_mut() {
            class.drawings.push(drawing);
        }
        true
    }

    fn remove(&mut self, idx: usize) {
        let class = self.classes().get(self.now.at_hand);
        if class.is_some_and(|class| idx < class.drawings.len()) {
            self.remember();
            if let Some(class) = self.now.class_mut() {
                class.drawings.remove(idx);
            }
            self.say(format!(
                "Drawing {} is gone. “Undo” brings it back.",
                idx + 1
            ));
        }
    }

    fn choose(&mut self, idx: usize) {
        if idx < self.classes().len() {
            self.now.at_hand = idx;
            self.is_naming = false;
            self.drop_empty();
            self.word.clear();
        }
    }

    /// Classes that nobody has named or drawn for go as soon as another one is at hand.
    fn drop_empty(&mut self) {
        let at_hand = self.now.at_hand;
        let is_kept = |idx: usize, class: &DrawnClass| {
            idx == at_hand || !class.drawings.is_empty() || !class.name.is_empty()
        };
        let classes = std::mem::take(&mut self.now.collection.classes);
        let gone_before = classes.iter().take(at_hand).enumerate();
        let n_gone = gone_before
            .filter(|&(idx, class)| !is_kept(idx, class))
            .count();
        let kept = classes.into_iter().enumerate();
        let kept = kept.filter(|(idx, class)| is_kept(*idx, class));
        self.now.collection.classes = kept.map(|(_, class)| class).collect();
        self.now.at_hand = at_hand - n_gone;
    }

    fn next_class(&mut self) {
        if self.classes().len() >= MOST_CLASSES {
            return self.say(format!("{MOST_CLASSES} classes are the most."));
        }
        self.remember();
        self.now.collection.classes.push(DrawnClass::default());
        self.now.at_hand = self.classes().len() - 1;
        self.drop_empty();
    }

    fn undo(&mut self) {
        if let Some(earlier) = self.earlier.pop() {
            self.now = earlier;
            self.is_naming = false;
            self.say("The last change was taken back.");
        }
    }
}

impl Session {
    pub(super) fn update_own_class(&mut self, message: OwnClassMessage) -> Vec<Effect> {
        let own = &mut self.own_classes;
        match message {
            OwnClassMessage::Draw(change) => own.sheet.apply(change),
            OwnClassMessage::Name(typed) => own.rename(&typed),
            OwnClassMessage::Add => own.add(),
            OwnClassMessage::Remove(idx) => own.remove(idx),
            OwnClassMessage::Choose(idx) => own.choose(idx),
            OwnClassMessage::NextClass => own.next_class(),
            OwnClassMessage::Undo => own.undo(),
            OwnClassMessage::Train { normal } => return self.train_on_drawings(normal),
            OwnClassMessage::Save => return self.save_drawings(),
            OwnClassMessage::Open(files) => return self.join_files(files),
        }
        Vec::new()
    }
}
