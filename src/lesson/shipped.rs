//! The lessons that come with the page, as its list shows them before any is fetched.

/// A lesson in `www/lessons/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShippedLesson {
    /// Its name in links, and of its file.
    pub slug: &'static str,
    /// Its name.
    pub title: &'static str,
    /// What it is about, in a sentence.
    pub idea: &'static str,
    /// How long it takes.
    pub minutes: u32,
    /// What the learner needs.
    pub needs: &'static str,
}

const fn lesson(
    slug: &'static str,
    title: &'static str,
    idea: &'static str,
    minutes: u32,
    needs: &'static str,
) -> ShippedLesson {
    ShippedLesson {
        slug,
        title,
        idea,
        minutes,
        needs,
    }
}

/// In the order in which they build on each other; each works by itself, too.
pub const SHIPPED: [ShippedLesson; 11] = [
    lesson(
        "bottleneck",
        "What a bottleneck does",
        "Sixty-four numbers must pass through eight. What comes out on the other side?",
        3,
        "nothing",
    ),
    lesson(
        "training",
        "Train it yourself",
        "Nobody tells the network what a 3 looks like. Watch where it gets that from.",
        3,
        "nothing",
    ),
    lesson(
        "error",
        "What the error means",
        "Add a stroke that does not belong, and see what the network cannot give back.",
        3,
        "a drawing",
    ),
    lesson(
        "threshold",
        "Where to put the threshold",
        "One line decides what is an anomaly. Wherever it stands, it costs something.",
        3,
        "nothing",
    ),
    lesson(
        "turning",
        "A digit that leans",
        "Turn a digit until it stops being normal, and find out why that is so soon.",
        3,
        "nothing",
    ),
    lesson(
        "noise",
        "Noise, and who takes it away",
        "Does squeezing a picture clean it? Compare two networks on the same noise.",
        3,
        "nothing",
    ),
    lesson(
        "never-shown",
        "What was never shown",
        "Leave the zeros out, and they become anomalies. Slip a few back in, and look again.",
        4,
        "nothing",
    ),
    lesson(
        "fooling",
        "Fooling it",
        "Some pictures are no digits and pass all the same. Find out what they share.",
        4,
        "a drawing",
    ),
    lesson(
        "simpler",
        "Is it better than something simpler?",
        "The network against methods with no network in them, on the same digits.",
        3,
        "nothing",
    ),
    lesson(
        "heartbeats",
        "A heart beats",
        "Curves instead of pictures: bend a heartbeat, and see which changes are odd.",
        3,
        "nothing",
    ),
    lesson(
        "own-class",
        "A class of your own",
        "Draw ten of anything, and teach a network to know it. What is odd to it then?",
        3,
        "a drawing",
    ),
];

impl ShippedLesson {
    /// The lesson of a name.
    pub fn named(slug: &str) -> Option<&'static Self> {
        SHIPPED.iter().find(|lesson| lesson.slug == slug)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fs;

    use super::*;
    use crate::lesson::{Condition, Figure, Lesson, Piece, Text, read};

    const MOST_PAGES: usize = 7;
    const MOST_WORDS: usize = 60;

    fn shipped() -> Vec<(ShippedLesson, Lesson)> {
        let read = |lesson: ShippedLesson| {
            let path = format!("www/lessons/{}.txt", lesson.slug);
            let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
            (
                lesson,
                read(&bytes).unwrap_or_else(|error| panic!("{path}: {error}")),
            )
        };
        SHIPPED.map(read).into()
    }

    fn n_words(texts: &[Text]) -> usize {
        let pieces = texts.iter().flat_map(|text| &text.pieces);
        let words = pieces.map(|piece| match piece {
            Piece::Words(words) => words.split_whitespace().count(),
            Piece::Figure { .. } => 1,
        });
        words.sum()
    }

    #[test]
    fn every_lesson_is_what_the_list_says() {
        for (listed, lesson) in shipped() {
            assert_eq!(lesson.title, listed.title);
            assert_eq!(lesson.minutes, listed.minutes, "{}", listed.slug);
            assert_eq!(lesson.needs, listed.needs, "{}", listed.slug);
        }
        let slugs: HashSet<_> = SHIPPED.map(|lesson| lesson.slug).into();
        assert_eq!(slugs.len(), SHIPPED.len());
    }

    #[test]
    fn every_lesson_is_short() {
        for (listed, lesson) in shipped() {
            assert!(lesson.pages.len() <= MOST_PAGES, "{}", listed.slug);
            for (idx, page) in lesson.pages.iter().enumerate() {
                let question = page.question.as_ref();
                let asked = question.map_or(0, |it| it.text.split_whitespace().count());
                let n = n_words(&page.text) + asked;
                let place = format!("page {} of {}", idx + 1, listed.slug);
                assert!(n <= MOST_WORDS, "{n} words on {place}");
                let n = n_words(&page.reveal);
                assert!(n <= MOST_WORDS, "{n} words revealed on {place}");
            }
        }
    }

    #[test]
    fn every_lesson_works_alone_and_has_something_to_predict_to_do_and_to_ask() {
        for (listed, lesson) in shipped() {
            let slug = listed.slug;
            let [first, .., last] = &lesson.pages[..] else {
                panic!("{slug} has one page");
            };
            assert!(first.set.is_some(), "{slug} sets its own state");
            for page in &lesson.pages {
                if let Some(set) = &page.set {
                    assert!(
                        set.fragment.contains("recipe="),
                        "{slug}, line {}",
                        set.line
                    );
                }
                let promises = page.question.is_some() && page.tasks.is_empty();
                assert!(
                    !promises,
                    "{slug}: {} asks and nothing follows",
                    page.heading
                );
                let tells = page.reveal.is_empty() || !page.tasks.is_empty();
                assert!(tells, "{slug}: {} reveals at once", page.heading);
            }
            let has = |wanted: fn(&crate::lesson::Page) -> bool| lesson.pages.iter().any(wanted);
            assert!(has(|page| page.question.is_some()), "{slug} asks");
            assert!(
                last.tasks.is_empty() && last.question.is_none(),
                "{slug} ends free"
            );
            let end = format!("{:?}", last.text);
            assert!(end.contains('?'), "{slug} ends with a question");
            assert!(
                !lesson.belief.is_empty() && !lesson.discuss.is_empty(),
                "{slug}"
            );
        }
    }

    #[test]
    fn the_readme_names_everything_that_a_lesson_can_say() {
        let readme = fs::read_to_string("www/lessons/README.md").expect("the README");
        for name in Figure::names() {
            assert!(
                readme.contains(&format!("`{{{name}}}`")),
                "{name} is missing"
            );
        }
        for name in Condition::names() {
            assert!(readme.contains(&format!("`{name}")), "{name} is missing");
        }
        for (name, _) in crate::lesson::RULES {
            assert!(readme.contains(&format!("`{name}`")), "{name} is missing");
        }
    }

    #[test]
    fn the_example_of_the_readme_is_a_lesson() {
        let readme = fs::read_to_string("www/lessons/README.md").expect("the README");
        let example = readme
            .split("```text\n")
            .nth(1)
            .and_then(|it| it.split("```").next());
        let lesson = read(example.expect("an example").as_bytes()).expect("a lesson");
        assert!(lesson.pages.len() > 1);
    }
}
