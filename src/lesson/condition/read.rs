//! Reads a condition as a lesson says it.

use super::names::{FACTS, MEASURES, RULES};
use super::{Comparison, Condition, Task, VerdictWord};
use crate::lesson::error::{LessonError, quoted};
use crate::lesson::nearest::suggestion;
use crate::recipe::RecipeName;

impl Task {
    /// Reads a condition, and the author's words for it in round brackets.
    pub(in crate::lesson) fn read(words: &str, line: usize) -> Result<Self, LessonError> {
        let (condition, own) = match words.strip_suffix(')').and_then(|it| it.split_once('(')) {
            Some((condition, own)) => (condition.trim(), Some(own.trim().to_owned())),
            None => (words, None),
        };
        Ok(Self {
            condition: Condition::read(condition, line)?,
            words: own.filter(|own| !own.is_empty()),
        })
    }
}

impl Condition {
    fn read(words: &str, line: usize) -> Result<Self, LessonError> {
        if let Some((_, fact, _)) = FACTS.iter().find(|(name, _, _)| *name == words) {
            return Ok(Self::Fact(*fact));
        }
        if let Some((subject, value)) = words.split_once(" is ") {
            return Self::of_subject(subject.trim(), value.trim(), line);
        }
        let comparisons = [
            ('>', Comparison::Above),
            ('<', Comparison::Below),
            ('=', Comparison::Equal),
        ];
        for (sign, comparison) in comparisons {
            if let Some((name, number)) = words.split_once(sign) {
                return Self::of_measure(name.trim(), comparison, number.trim(), line);
            }
        }
        Err(unknown(words, line))
    }

    fn of_subject(subject: &str, value: &str, line: usize) -> Result<Self, LessonError> {
        let refusal = |what: String| LessonError::new(line, what);
        let value_in_words = quoted(value);
        match subject {
            "verdict" => match value {
                "normal" => Ok(Self::Verdict(VerdictWord::Normal)),
                "anomaly" => Ok(Self::Verdict(VerdictWord::Anomaly)),
                _ => Err(refusal(format!(
                    "a verdict is never {value_in_words}; it is normal or anomaly."
                ))),
            },
            "recipe" => RecipeName::from_slug(value)
                .map(Self::Recipe)
                .ok_or_else(|| {
                    let slugs = RecipeName::ALL.into_iter().map(RecipeName::slug);
                    let nearest = suggestion(value, slugs, str::to_owned);
                    refusal(format!(
                        "there is no recipe called {value_in_words}{nearest}"
                    ))
                }),
            "rule" => RULES
                .iter()
                .find(|(name, _)| *name == value)
                .map(|(_, rule)| Self::Rule(*rule))
                .ok_or_else(|| {
                    let names = RULES.iter().map(|(name, _)| *name);
                    let nearest = suggestion(value, names, str::to_owned);
                    refusal(format!("there is no rule called {value_in_words}{nearest}"))
                }),
            "left out" => match value.parse() {
                Ok(label) => Ok(Self::LeftOut(label)),
                Err(_) => Err(refusal(format!(
                    "{value_in_words} is no class; write a number, as in: left out is 0."
                ))),
            },
            _ => Err(unknown(subject, line)),
        }
    }

    fn of_measure(
        name: &str,
        comparison: Comparison,
        number: &str,
        line: usize,
    ) -> Result<Self, LessonError> {
        let Some((_, measure, _)) = MEASURES.iter().find(|(known, _, _)| *known == name) else {
            return Err(unknown(name, line));
        };
        let number = number.parse::<f32>().ok().filter(|it| it.is_finite());
        let number = number.ok_or_else(|| {
            let what = "a number is missing behind the sign; write for example: rotation > 40.";
            LessonError::new(line, what)
        });
        Ok(Self::Compared(*measure, comparison, number?))
    }
}

fn unknown(words: &str, line: usize) -> LessonError {
    let nearest = suggestion(words, Condition::names(), str::to_owned);
    let what = format!("{} is nothing that can be done{nearest}", quoted(words));
    LessonError::new(line, what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Fact, Measure};

    fn read(words: &str) -> Result<Condition, String> {
        let task = Task::read(words, 4).map_err(|error| error.to_string())?;
        Ok(task.condition)
    }

    #[test]
    fn conditions_are_read() {
        assert_eq!(read("trained"), Ok(Condition::Fact(Fact::Trained)));
        assert_eq!(
            read("rotation > 40"),
            Ok(Condition::Compared(
                Measure::Rotation,
                Comparison::Above,
                40.0
            ))
        );
        assert_eq!(
            read("code size = 2"),
            Ok(Condition::Compared(
                Measure::CodeSize,
                Comparison::Equal,
                2.0
            ))
        );
        assert_eq!(
            read("verdict is anomaly"),
            Ok(Condition::Verdict(VerdictWord::Anomaly))
        );
        assert_eq!(
            read("recipe is denoiser"),
            Ok(Condition::Recipe(RecipeName::DENOISER))
        );
        assert_eq!(read("left out is 0"), Ok(Condition::LeftOut(0)));
    }

    #[test]
    fn an_author_may_have_words_of_their_own() {
        let task = Task::read("rotation > 40 (Turn your seven)", 1).expect("good");
        assert_eq!(task.in_words(), "Turn your seven");
        let task = Task::read("left out is 3", 1).expect("good");
        assert_eq!(task.in_words(), "Switch class 3 off");
    }

    #[test]
    fn what_cannot_be_done_is_said_with_what_was_meant() {
        assert_eq!(
            read("rotatoin > 40"),
            Err(
                "Line 4: \"rotatoin\" is nothing that can be done; did you mean rotation?"
                    .to_owned()
            )
        );
        assert!(
            read("recipe is denoisr").is_err_and(|error| error.ends_with("did you mean denoiser?"))
        );
        assert!(read("verdict is wrong").is_err_and(|error| error.contains("normal or anomaly")));
        assert!(read("rotation > much").is_err_and(|error| error.contains("a number is missing")));
        assert!(read("dance").is_err());
    }
}
