//! What people type, and what it is taken for.

use super::*;
use samovar_core::api::CardFormat;

fn parse(line: &str) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(arguments(line.split(' ').map(Into::into)))
}

#[test]
fn the_definition_holds_together() {
    <Cli as clap::CommandFactory>::command().debug_assert();
}

#[test]
fn focus_understands_what_people_write() {
    let check = |line: &str, expected: FocusWish| {
        let Some(Command::Focus(focus)) = parse(line).unwrap().command else {
            panic!("{line} is focus")
        };
        assert_eq!(focus.wish(), Ok(expected), "{line}");
    };
    check("samovar focus 25m", FocusWish::Until(FocusEnd::Minutes(25)));
    check("samovar focus 25", FocusWish::Until(FocusEnd::Minutes(25)));
    check("samovar focus 90min", FocusWish::Until(FocusEnd::Minutes(90)));
    check("samovar focus 2h", FocusWish::Until(FocusEnd::Minutes(120)));
    check("samovar focus 1h30m", FocusWish::Until(FocusEnd::Minutes(90)));
    check("samovar focus 1h30", FocusWish::Until(FocusEnd::Minutes(90)));
    check(
        "samovar focus until 15:30",
        FocusWish::Until(FocusEnd::TimeOfDay("15:30".to_owned())),
    );
    check(
        "samovar focus until 9:05",
        FocusWish::Until(FocusEnd::TimeOfDay("09:05".to_owned())),
    );
    check(
        "samovar focus until 17",
        FocusWish::Until(FocusEnd::TimeOfDay("17:00".to_owned())),
    );
    check("samovar focus end", FocusWish::End);
}

#[test]
fn focus_refuses_what_is_no_time() {
    for line in [
        "0m",
        "-5m",
        "h",
        "25x",
        "99999999999h",
        "25h",
        "until 24:00",
        "until 12:60",
        "until 1:+5",
        "until x",
        "end now",
    ] {
        let when = line.split(' ').map(str::to_owned).collect();
        let focus = Focus { when, note: None };
        assert!(focus.wish().is_err(), "{line}");
    }
}

#[test]
fn what_was_missed_is_asked_for_in_days_or_hours() {
    let since = |line: &str| match parse(line).map(|cli| cli.command) {
        Ok(Some(Command::Today(today))) => Ok(today.since),
        Ok(other) => panic!("{line} is today, not {other:?}"),
        Err(error) => Err(error.kind()),
    };
    assert_eq!(since("samovar today"), Ok(None));
    assert_eq!(since("samovar today --since 7d"), Ok(Some(7 * 24 * 60)));
    assert_eq!(since("samovar today --since 36H"), Ok(Some(36 * 60)));
    for wrong in ["7", "0d", "-1d", "d", "9999999999999999999d", "367d"] {
        assert!(since(&format!("samovar today --since={wrong}")).is_err(), "{wrong}");
    }
}

#[test]
fn kudos_name_people_a_value_and_for_whom() {
    let Some(Command::Kudos(kudos)) = parse("samovar kudos ana ben -m thanks --value care --between-us")
        .unwrap()
        .command
    else {
        panic!("it is kudos")
    };
    assert_eq!(kudos.name, ["ana", "ben"]);
    assert_eq!((kudos.value.as_deref(), kudos.between_us), (Some("care"), true));
}

#[test]
fn a_share_needs_words_or_a_photo() {
    assert!(parse("samovar share").is_err());
    assert!(parse("samovar share hello").is_ok());
    assert!(parse("samovar share --photo a.jpg --photo b.jpg --for 3d --alt x").is_ok());
    assert!(
        parse("samovar share hello --alt x").is_err(),
        "an alt text belongs to a photo"
    );
    assert!(parse("samovar share hello --for 2d").is_err());
}

#[test]
fn a_description_without_a_photo_is_too_much() {
    let surplus = |line: &str| match parse(line).unwrap().command {
        Some(Command::Share(share)) => share.surplus(),
        other => panic!("{line} is share, not {other:?}"),
    };
    assert_eq!(surplus("samovar share --photo a.jpg --photo b.jpg --alt x"), None);
    assert!(surplus("samovar share --photo a.jpg --alt x --alt y").is_some());
}

#[test]
fn a_decision_is_asked_of_somebody_and_answered_with_something() {
    assert!(parse("samovar decide ask Tea?").is_err(), "nobody is asked");
    assert!(parse("samovar decide ask Tea? --of ana --of ben --hidden").is_ok());
    assert!(parse("samovar decide ask Tea? --everyone --option Mon --option Tue").is_ok());
    assert!(parse("samovar decide ask Tea? --everyone --option Mon --words").is_err());
    assert!(parse("samovar decide voice tea").is_err(), "nothing is said");
    assert!(parse("samovar decide voice tea more-talk -m why").is_ok());
    assert!(parse("samovar decide voice tea --rank 2 --rank 1").is_ok());
    assert!(parse("samovar decide voice tea --rank 0").is_err());
    assert!(parse("samovar decide voice tea for --take-back").is_err());
    assert!(parse("samovar decide close tea").is_err(), "an outcome has words");
    assert!(parse("samovar decide list --json").is_ok());
    assert!(
        parse("samovar pulse").is_ok() && parse("samovar pulse --json").is_ok() && parse("samovar pulse 5").is_ok()
    );
    assert!(parse("samovar pulse 0").is_err() && parse("samovar pulse 6").is_err());
}

#[test]
fn a_package_is_asked_for_with_words_and_sent_by_somebody() {
    assert!(parse("samovar package ask ben").is_err(), "one says what for");
    assert!(parse("samovar package ask ben -m tea").is_ok());
    assert!(parse("samovar package agree tea --line Street --line Town").is_ok());
    assert!(
        parse("samovar package agree tea").is_ok(),
        "with the address that is kept"
    );
    assert!(parse("samovar package sent tea").is_err(), "somebody carries it");
    assert!(parse("samovar package sent tea --by Post --link https://example.org/1").is_ok());
    assert!(parse("samovar package here tea -m lovely").is_ok());
    assert!(parse("samovar package list --json").is_ok());
}

#[test]
fn celebrations_are_shown_in_words_or_as_json() {
    for (line, is_json) in [("samovar celebrations", false), ("samovar celebrations --json", true)] {
        let Some(Command::Celebrations(format)) = parse(line).unwrap().command else {
            panic!("{line} is celebrations")
        };
        assert_eq!(format.json, is_json);
    }
}

#[test]
fn the_profile_may_stand_before_or_after_the_command() {
    for line in ["samovar --profile /p status", "samovar status --profile /p"] {
        assert_eq!(parse(line).unwrap().profile, Some(PathBuf::from("/p")), "{line}");
    }
}

#[test]
fn a_link_counts_only_when_it_stands_alone() {
    let link = "samovar://join?link=https%3A%2F%2Fexample.org%2Fjoin%2Fabc";
    assert_eq!(
        parse(&format!("samovar {link}")).unwrap().open_link.as_deref(),
        Some(link)
    );
    assert!(parse(&format!("samovar {link} --hidden")).is_err());
    assert!(parse("samovar https://example.org/join/abc").is_err());
}

#[test]
fn a_card_is_written_as_the_file_is_called_unless_told_otherwise() {
    let check = |line: &str, expected| {
        let Some(Command::Card(card)) = parse(line).unwrap().command else {
            panic!("{line} is a card")
        };
        assert_eq!(card.format(), expected, "{line}");
    };
    check("samovar card last --to thanks.pdf", CardFormat::Pdf);
    check(
        "samovar card last --to thanks.PNG --size us-a2 --design night",
        CardFormat::Png,
    );
    check("samovar card last --to thanks", CardFormat::Pdf);
    check("samovar card last --to thanks --format png", CardFormat::Png);
    for line in [
        "samovar card last",
        "samovar card --to thanks.pdf",
        "samovar card last --to x --size a5",
    ] {
        assert!(parse(line).is_err(), "{line}");
    }
}
