use super::*;
use crate::lesson::{Condition, Fact, Figure};

const GOOD: &str = "\
# Turning
minutes: 2
needs: a drawing
belief: It understands
sevens.
discuss: Why not?

## A seven
Turn it.
Slowly.

Then look.
set: recipe=well-trained&item=7
point: Rotation
predict: Where does it
stop?
- At 10
- At 90,
  or later
do: rotation > 40
do: verdict is anomaly (Make it odd)

reveal: Error {error}.

More of it.
## The end
Go on.
";

fn refusal(text: &str) -> String {
    read(text.as_bytes()).expect_err("a mistake").to_string()
}

#[test]
fn a_lesson_is_read() {
    let lesson = read(GOOD.as_bytes()).expect("good");
    assert_eq!((lesson.title.as_str(), lesson.minutes), ("Turning", 2));
    assert_eq!(lesson.needs, "a drawing");
    assert_eq!(lesson.belief, "It understands sevens.");
    assert_eq!(lesson.discuss, ["Why not?"]);
    let [page, end] = &lesson.pages[..] else {
        panic!("two pages");
    };
    assert_eq!(page.text.len(), 2);
    let set = page.set.as_ref().expect("a state");
    assert_eq!(
        (set.fragment.as_str(), set.line),
        ("recipe=well-trained&item=7", 13)
    );
    assert_eq!(page.point.as_deref(), Some("Rotation"));
    let question = page.question.as_ref().expect("a question");
    assert_eq!(question.text, "Where does it stop?");
    assert_eq!(question.choices, ["At 10", "At 90, or later"]);
    assert_eq!(page.tasks.len(), 2);
    assert_eq!(page.reveal.len(), 2);
    assert_eq!(lesson.figures(), [Figure::Error]);
    assert_eq!((end.heading.as_str(), end.text.len()), ("The end", 1));
}

#[test]
fn lines_may_end_as_windows_ends_them_and_begin_with_a_byte_order_mark() {
    let windows = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    assert_eq!(read(windows.as_bytes()), read(GOOD.as_bytes()));
}

#[test]
fn a_mistake_is_a_sentence_with_its_line() {
    let cases = [
        ("", "Line 1: the lesson has no name"),
        ("Hello", "Line 1: a lesson begins with its name"),
        ("# A\n## B\nText", "Line 3: nobody knows how long it takes"),
        (
            "# A\nminutes: soon",
            "Line 2: how long it takes is a number",
        ),
        ("# A\nminutes: 2", "Line 2: the lesson has no page"),
        ("# A\nminutes: 2\nText", "Line 3: text belongs to a page"),
        (
            "# A\nminutes: 2\nset: x=1",
            "Line 3: set: belongs to a page",
        ),
        (
            "# A\nminutes: 2\n## B\npont: Train",
            "Line 4: no line begins with \"pont:\"; did you mean point:?",
        ),
        (
            "# A\nminutes: 2\n## B\npoint: X\npoint: Y",
            "Line 5: the page has a line with point: already",
        ),
        (
            "# A\nminutes: 2\n## B\npont:",
            "Line 4: no line begins with \"pont:\"",
        ),
        (
            "# A\nminutes: 2\n## B\npoint:",
            "Line 4: point: says nothing",
        ),
        (
            "# A\nminutes: 2\n## B\nneeds: x",
            "Line 4: needs: belongs to the whole lesson",
        ),
        (
            "# A\nminutes: 2\n## B\n- x",
            "Line 4: a line that begins with - is an answer",
        ),
        (
            "# A\nminutes: 2\n## B\npredict: x?\n- y",
            "Line 4: a question needs two answers",
        ),
        (
            "# A\nminutes: 2\n## B\ndo: fly",
            "Line 4: \"fly\" is nothing that can be done",
        ),
        (
            "# A\nminutes: 2\n## B\n\nSee {eror}.",
            "Line 5: there is no figure called \"eror\"; did you mean {error}?",
        ),
        (
            "# A\nminutes: 2\n## B\n# C",
            "Line 4: this is a second name",
        ),
    ];
    for (text, wanted) in cases {
        let refusal = refusal(text);
        assert!(refusal.starts_with(wanted), "{refusal}");
        assert!(refusal.contains(';'), "what to do is missing: {refusal}");
    }
}

#[test]
fn what_is_too_large_or_no_text_is_refused() {
    assert!(read(&vec![b'#'; MAX_LESSON_BYTES + 1]).is_err());
    let error = read(b"# A\nminutes: 2\n\xff").expect_err("no text");
    assert_eq!(error.line, 3);
    let many = format!("# A\nminutes: 1\n{}", "## B\n".repeat(MOST_PAGES + 1));
    assert!(refusal(&many).contains("more than 20 pages"));
}

#[test]
fn what_nobody_sees_does_not_stay_in_the_text() {
    let lesson = read("# A\u{202e}B\nminutes: 1\n## C\nx\u{7}y\n".as_bytes()).expect("good");
    assert_eq!(lesson.title, "A B");
    assert_eq!(
        lesson.pages[0].text,
        [Text::read("x y", 4, 0).expect("plain")]
    );
}

#[test]
fn a_lesson_is_told_from_data() {
    assert!(is_lesson("my.lesson.txt", b""));
    assert!(is_lesson("x.txt", GOOD.as_bytes()));
    assert!(!is_lesson("x.csv", b"age,town\n27,bonn\n"));
    assert!(!is_lesson("x.csv", b"# a comment\n1,2\n"));
}

#[test]
fn conditions_and_words_of_ones_own_are_read() {
    let lesson = read(b"# A\nminutes: 1\n## B\ndo: trained (Teach it)\n").expect("good");
    let task = &lesson.pages[0].tasks[0];
    assert_eq!(task.condition, Condition::Fact(Fact::Trained));
    assert_eq!(task.in_words(), "Teach it");
}
