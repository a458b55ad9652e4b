//! Lists for people and for programs.

use serde::Serialize;

use super::{Failure, say};

/// Says a list: as JSON, or as columns below their names.
pub(crate) fn list<T: Serialize, const N: usize>(
    things: &[T],
    is_json: bool,
    names: [&str; N],
    row: impl Fn(&T) -> [String; N],
) -> Result<(), Failure> {
    if is_json {
        return Ok(say(&serde_json::to_string_pretty(things)?)?);
    }
    let rows: Vec<[String; N]> = things.iter().map(|thing| row(thing).map(|cell| plain(&cell))).collect();
    let head = names.map(str::to_owned);
    let width = |column: usize| {
        let cells = rows.iter().chain([&head]).map(|row| row[column].chars().count());
        cells.max().unwrap_or_default()
    };
    let widths: [usize; N] = std::array::from_fn(width);
    for row in [&head].into_iter().chain(&rows) {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        say(cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

/// Names are words of people, and a terminal obeys some characters.
fn plain(cell: &str) -> String {
    cell.chars()
        .map(|letter| if letter.is_control() { '\u{fffd}' } else { letter })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_name_gives_the_terminal_an_order() {
        assert_eq!(super::plain("A\u{1b}[2Jna"), "A\u{fffd}[2Jna");
    }
}
