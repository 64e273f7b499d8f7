//! Drawings from files: those of somebody else, those of another day, or pictures.

use crate::data::{Collection, Drawing, DrawnClass, NamedFile, Photos, is_drawings};
use crate::picture::INK_PER_PIXEL;
use crate::session::{Effect, Message, Notice, OwnClassMessage, Session};

use super::SIDE;

/// The drawings in files, where each is a file of drawings; `None` where another one is among them.
fn drawings_in(files: &[NamedFile]) -> Option<Result<Collection, String>> {
    let are_drawings = !files.is_empty() && files.iter().all(|file| is_drawings(&file.bytes));
    are_drawings.then(|| {
        let mut all = Collection::default();
        for file in files {
            let read = Collection::from_bytes(&file.bytes);
            let read = read.map_err(|error| format!("{}: {error}.", file.name))?;
            all.merge(read);
        }
        Ok(all)
    })
}

impl Session {
    /// Opens files of drawings; `None` where they are something else. Where nothing was drawn here yet they are put to
    /// work; else they join what was.
    pub(in crate::session) fn open_drawings(&mut self, files: &[NamedFile]) -> Option<Vec<Effect>> {
        let brought = match drawings_in(files)? {
            Ok(brought) => brought,
            Err(reason) => {
                self.refuse_file(&reason);
                return Some(Vec::new());
            }
        };
        let was_empty = self.own_classes.drawn().classes.is_empty();
        let word = self.join(brought.clone());
        if was_empty && brought.require_ready().is_ok() {
            let effects = self.bring_drawings(&self.own_classes.drawn());
            let text = format!(
                "{} drawings of “{}”: opened. Nothing was sent anywhere. Press Train to teach a network about them, or \
                 “Make your own” to see them and draw more.",
                brought.n_drawings(),
                brought.title()
            );
            self.notice = Some(Self::with_way_back(text, self.studies.front.name));
            return Some(effects);
        }
        let text = format!("{word} “Make your own” shows them all, to train on them together.");
        let back = vec![Message::OwnClass(OwnClassMessage::Undo)];
        self.notice = Some(Notice::new(text).offering("Take it back", back));
        Some(Vec::new())
    }

    /// Takes in the drawings of files, or pictures, which the examiner reads; what happened is said beside the drawings.
    pub(super) fn join_files(&mut self, files: Vec<NamedFile>) -> Vec<Effect> {
        match drawings_in(&files) {
            Some(Ok(brought)) => {
                self.join(brought);
                Vec::new()
            }
            Some(Err(reason)) => {
                self.own_classes.say(reason);
                Vec::new()
            }
            None => {
                self.own_classes.say("Reading…");
                self.have_read_for_drawings(files)
            }
        }
    }

    /// What happened, as a sentence.
    fn join(&mut self, brought: Collection) -> String {
        let own = &mut self.own_classes;
        own.remember();
        own.now
            .collection
            .classes
            .retain(|class| !class.name.is_empty() || !class.drawings.is_empty());
        let n_before = own.classes().len();
        let merged = own.now.collection.merge(brought);
        own.now.at_hand = own.now.at_hand.min(n_before.max(1) - 1);
        let word = merged.in_words();
        own.say(word.clone());
        word
    }

    /// Pictures have been decoded: each in which something stands out is one more drawing of the class at hand.
    pub(in crate::session) fn join_photos(&mut self, photos: &Photos) {
        let side = SIDE * INK_PER_PIXEL;
        let own = &mut self.own_classes;
        let n_pictures = photos.n_pictures();
        let drawings = photos.drawings((side, side));
        let drawings = drawings.filter_map(|ink| Drawing::of(&ink?));
        let class = DrawnClass {
            drawings: drawings.collect(),
            ..DrawnClass::default()
        };
        own.remember();
        let n_joined = own
            .now
            .class_mut()
            .map_or(0, |it| it.take_in(class).n_added);
        let word = if n_joined == n_pictures {
            format!("{n_joined} pictures joined.")
        } else {
            format!(
                "{n_joined} of {n_pictures} pictures joined: in others nothing stands out from its background, they are here \
                 already, or there was no room."
            )
        };
        own.say(word);
    }

    /// Files for the drawings could not be read, or hold nothing to draw.
    pub(in crate::session) fn refuse_for_drawings(&mut self, reason: String) {
        self.own_classes.say(reason);
    }
}
