//! Trying out pair calls and rotations beside any endpoint, with the built program and files as an admin writes them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use samovar_tests::process::built;
use serde_json::{Value, json};

fn week() -> Value {
    let day = json!(["09:00-17:00"]);
    json!({ "mon": day, "tue": day, "wed": day, "thu": day, "fri": day })
}

fn member(id: &str, zone: &str) -> Value {
    json!({
        "id": id, "time_zone": zone, "hours": week(), "every_weeks": 1, "paused_until": null,
        "away": [], "not_with": [],
    })
}

/// Six people; the last one has paused, and the first would rather not meet the second.
fn pairs() -> Value {
    let zones = [
        "America/Lima",
        "America/Bogota",
        "Europe/Berlin",
        "Europe/Oslo",
        "Asia/Kolkata",
        "UTC",
    ];
    let mut members: Vec<Value> = zones
        .iter()
        .enumerate()
        .map(|(place, zone)| member(&format!("m{}", place + 1), zone))
        .collect();
    members[0]["not_with"] = json!(["m2"]);
    members[4]["away"] = json!([["2026-12-01", "2026-12-08"]]);
    members[5]["paused_until"] = json!("2026-12-14");
    json!({
        "start": "2026-11-23", "members": members, "history": [{ "week": "2026-11-16", "members": ["m1", "m3"] }],
    })
}

fn rotation() -> Value {
    json!({
        "start": "2026-11-23", "every_weeks": 1, "duration_min": 30, "rotate": "each",
        "members": [member("m1", "America/Lima"), member("m2", "Europe/Berlin")],
        "slots": [
            { "weekday": "wed", "time": "12:30", "time_zone": "Europe/Berlin" },
            { "weekday": "wed", "time": "19:00", "time_zone": "Europe/Berlin" },
        ],
    })
}

fn written(folder: &Path, input: &Value) -> PathBuf {
    let file = folder.join("input.json");
    std::fs::write(&file, input.to_string()).unwrap();
    file
}

fn simulate(command: &str, file: &Path, more: &[&str]) -> Output {
    Command::new(built("samovar-server").unwrap())
        .args([command, "--simulate"])
        .arg(file)
        .args(more)
        .output()
        .unwrap()
}

fn answer(done: &Output) -> Value {
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

fn strings(list: &Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect()
}

#[test]
fn pairs_are_drawn_for_some_weeks_and_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), &pairs());
    let drawn = simulate("pairs", &file, &["--weeks", "6", "--seed", "7"]);
    let weeks = answer(&drawn);
    let weeks = weeks["weeks"].as_array().unwrap();
    let mondays: Vec<&str> = weeks.iter().map(|week| week["week"].as_str().unwrap()).collect();
    assert_eq!(mondays[..3], ["2026-11-23", "2026-11-30", "2026-12-07"]);
    assert_eq!(weeks.len(), 6);
    for week in weeks {
        let groups = week["pairings"].as_array().unwrap().iter().map(strings);
        let mut seen: Vec<&str> = groups.clone().flatten().collect();
        for group in groups {
            assert!([2, 3].contains(&group.len()) && group != ["m1", "m2"], "{group:?}");
        }
        for alone in week["unmatched"].as_array().unwrap() {
            let why = alone["why"].as_str().unwrap();
            assert!(["paused", "away", "nobody_left"].contains(&why), "{alone}");
            seen.push(alone["id"].as_str().unwrap());
        }
        assert_eq!(seen.len(), 6, "everybody is in it once: {week}");
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 6, "{week}");
    }
    let paused = json!({ "id": "m6", "why": "paused" });
    assert!(weeks[0]["unmatched"].as_array().unwrap().contains(&paused));
    assert!(!weeks[5]["unmatched"].as_array().unwrap().contains(&paused));
    let first = weeks[0]["pairings"].as_array().unwrap();
    assert!(!first.contains(&json!(["m1", "m3"])), "they met last week: {first:?}");

    let again = simulate("pairs", &file, &["--weeks", "6", "--seed", "7"]);
    assert_eq!(again.stdout, drawn.stdout, "the same seed draws the same");
    let others: BTreeSet<Vec<u8>> = (0..8)
        .map(|seed: u32| simulate("pairs", &file, &["--weeks", "6", "--seed", &seed.to_string()]).stdout)
        .collect();
    assert!(others.len() > 1, "another seed may draw others");
}

#[test]
fn a_rotation_is_told_with_what_every_slot_would_cost() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), &rotation());
    let planned = simulate("rotation", &file, &["--weeks", "4"]);
    let plan = answer(&planned);
    let occurrences = plan["occurrences"].as_array().unwrap();
    assert_eq!(occurrences.len(), 4);
    let mut total = [0.0, 0.0];
    for occurrence in occurrences {
        let slot = usize::try_from(occurrence["slot"].as_u64().unwrap()).unwrap();
        let time = ["T11:30:00Z", "T18:00:00Z"][slot];
        assert!(
            occurrence["starts_at"].as_str().unwrap().ends_with(time),
            "{occurrence}"
        );
        assert_eq!(
            occurrence["costs"],
            json!([{ "m1": 3, "m2": 0 }, { "m1": 0, "m2": 2.5 }])
        );
        total[0] += occurrence["costs"][slot]["m1"].as_f64().unwrap();
        total[1] += occurrence["costs"][slot]["m2"].as_f64().unwrap();
    }
    let told = ["m1", "m2"].map(|member| plan["total_cost"][member].as_f64().unwrap());
    assert_eq!(
        told.map(f64::to_bits),
        total.map(f64::to_bits),
        "the costs of the slots that were taken"
    );
    assert!(total[0] > 0.0 && total[1] > 0.0, "they take turns: {total:?}");
    assert_eq!(simulate("rotation", &file, &["--weeks", "4"]).stdout, planned.stdout);
}

#[test]
fn two_sittings_are_tried_out_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let mut input = rotation();
    input["two_sittings"] = json!(true);
    let plan = answer(&simulate(
        "rotation",
        &written(folder.path(), &input),
        &["--weeks", "1"],
    ));
    let occurrence = &plan["occurrences"][0];
    assert_eq!(
        (&occurrence["slot"], &occurrence["second"]["slot"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(plan["total_cost"], json!({ "m1": 0, "m2": 0 }));
}

/// Whatever of these is in the input, it is refused with these words, and nothing half done is printed.
fn refuses(command: &str, input: &Value, cases: &[(&str, Value, &str)]) {
    let folder = tempfile::tempdir().unwrap();
    for (place, value, words) in cases {
        let mut input = input.clone();
        *input.pointer_mut(place).unwrap() = value.clone();
        let refused = simulate(command, &written(folder.path(), &input), &["--weeks", "2"]);
        assert_eq!(refused.status.code(), Some(2), "{place}");
        assert!(refused.stdout.is_empty(), "{place}");
        let told = String::from_utf8(refused.stderr).unwrap();
        assert!(told.contains(words), "{place}: {told}");
    }
}

#[test]
fn pairs_that_cannot_be_are_refused_with_their_place() {
    let cases = [
        (
            "/members/0/time_zone",
            json!("Mars/Base"),
            "member m1: time_zone: 'Mars/Base'",
        ),
        (
            "/members/1/hours/mon/0",
            json!("25:00-26:00"),
            "member m2: hours: mon: '25:00-26:00'",
        ),
        (
            "/members/2/every_weeks",
            json!(3),
            "member m3: every_weeks: it is 1, 2 or 4",
        ),
        (
            "/members/4/away/0/1",
            json!("2026-11-01"),
            "member m5: away: they are back",
        ),
        (
            "/history/0/week",
            json!("soon"),
            "history[0]: week: 'soon' is not a date",
        ),
        ("/start", json!("2026-02-30"), "start: '2026-02-30' is not a date"),
    ];
    refuses("pairs", &pairs(), &cases);
}

#[test]
fn rotations_that_cannot_be_are_refused_with_their_place() {
    let cases = [
        ("/members/0/time_zone", json!("Lima"), "member m1: time_zone: 'Lima'"),
        ("/slots/0/time_zone", json!("Berlin"), "slots[0]: time_zone: 'Berlin'"),
        ("/slots/1/time", json!("24:30"), "slots[1]: time: '24:30' is not a time"),
        ("/slots/1/weekday", json!("noday"), "slots[1]: weekday: 'noday'"),
        ("/rotate", json!("daily"), "rotate: unknown variant `daily`"),
        ("/duration_min", json!(0), "duration_min: a gathering lasts"),
    ];
    refuses("rotation", &rotation(), &cases);
}

#[test]
fn a_file_that_is_not_there_and_weeks_that_cannot_be_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let missing = simulate("pairs", &folder.path().join("nowhere.json"), &["--weeks", "2"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("nowhere.json"));
    let file = written(folder.path(), &pairs());
    for weeks in ["0", "-1", "many"] {
        assert_eq!(
            simulate("pairs", &file, &["--weeks", weeks]).status.code(),
            Some(2),
            "{weeks}"
        );
    }
}
