//! Tables of Weka's format ARFF as text with commas, so that they are read as any other.

use super::TableError;

/// Whether a text says that it is ARFF: `@relation` is the first that is neither empty nor a comment.
pub(super) fn is_arff(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !is_comment(line));
    first.is_some_and(|line| after_keyword(line, "@relation").is_some())
}

/// The names of the attributes, where `@data` stands, and the rows below, each on the line that it had.
///
/// The kinds of the attributes are left to what the cells show; `?` is missing there as in any table.
///
/// # Errors
/// When rows list only what is not zero, or nothing says where the rows begin.
pub(super) fn as_csv(text: &str) -> Result<String, TableError> {
    let mut out = String::with_capacity(text.len());
    let mut names = Vec::new();
    let mut is_data = false;
    for (idx, line) in text.lines().enumerate() {
        let line = line.trim();
        if is_comment(line) {
        } else if is_data {
            if line.starts_with('{') {
                return Err(TableError::SparseArff { line: idx + 1 });
            }
            out.push_str(&with_double_quotes(line));
        } else if after_keyword(line, "@data").is_some() {
            is_data = true;
            out.push_str(&names.join(","));
        } else if let Some(attribute) = after_keyword(line, "@attribute") {
            names.push(quoted(name_in(attribute)));
        }
        out.push('\n');
    }
    if is_data {
        Ok(out)
    } else {
        Err(TableError::NoRows)
    }
}

fn is_comment(line: &str) -> bool {
    line.starts_with('%')
}

/// What follows a keyword, in whatever case it is written.
fn after_keyword<'a>(line: &'a str, keyword: &str) -> Option<&'a str> {
    let (start, rest) = line.split_at_checked(keyword.len())?;
    let is_whole = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (is_whole && start.eq_ignore_ascii_case(keyword)).then(|| rest.trim_start())
}

/// The name before the kind of an attribute, in quotes or not.
fn name_in(attribute: &str) -> &str {
    let quote = attribute
        .chars()
        .next()
        .filter(|it| matches!(it, '\'' | '"'));
    match quote {
        Some(quote) => attribute[1..].split(quote).next().unwrap_or_default(),
        None => attribute.split_whitespace().next().unwrap_or_default(),
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A row whose cells may be in single quotes, with double ones.
fn with_double_quotes(line: &str) -> String {
    if !line.contains('\'') || line.contains('"') {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len());
    let mut is_quoted = false;
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' if is_quoted => out.extend(characters.next()),
            '\'' => {
                is_quoted = !is_quoted;
                out.push('"');
            }
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::RawTable;

    const WEATHER: &str = "% of the weather\n\n@RELATION weather\n@attribute 'the outlook' {sunny, 'rather wet'}\n\
                           @attribute temperature REAL\n\n@data\n% the rows\nsunny,21.5\n'rather wet',?\nsunny,17\n";

    #[test]
    fn names_and_rows_keep_their_lines() {
        assert!(is_arff(WEATHER));
        let text = as_csv(WEATHER).expect("it has rows");
        assert_eq!(
            text,
            "\n\n\n\n\n\n\"the outlook\",\"temperature\"\n\nsunny,21.5\n\"rather wet\",?\nsunny,17\n"
        );
        let table = RawTable::read(WEATHER.as_bytes()).expect("a table");
        assert_eq!(table.names(), ["the outlook", "temperature"]);
        assert_eq!(table.cell(1, 0), Some("rather wet"));
        assert_eq!(table.n_rows(), 3);
    }

    #[test]
    fn names_are_names_above_words_too() {
        let text = "@relation r\n@attribute a {x,y}\n@attribute b {x,y}\n@data\nx,y\ny,y\nx,x\n";
        let table = RawTable::read(text.as_bytes()).expect("a table");
        assert_eq!(
            (table.names(), table.n_rows()),
            (&["a", "b"].map(str::to_owned)[..], 3)
        );
    }

    #[test]
    fn a_mistake_below_names_the_line_of_the_file() {
        let error = RawTable::read(WEATHER.replace(",17", "").as_bytes());
        let error = error.expect_err("a cell is missing").to_string();
        assert!(
            error.starts_with("line 11: the number of fields is 1 instead of 2"),
            "{error}"
        );
        let error = RawTable::read(WEATHER.replace("sunny,21.5", "{1 21.5}").as_bytes());
        assert_eq!(
            error.expect_err("sparse").to_string(),
            "line 9: the row lists only what is not zero; save the table with all its values, as dense ARFF or as CSV"
        );
        assert_eq!(
            RawTable::read(b"@relation r\n@attribute a real\n"),
            Err(TableError::NoRows)
        );
    }

    #[test]
    fn other_texts_are_no_arff() {
        for text in ["a,b\n1,2\n", "", "@relations\n", "% c\na\n@relation r\n"] {
            assert!(!is_arff(text), "{text}");
        }
    }
}
