//! What a round of the pulse leaves in the files: nothing.

use super::*;
use crate::store::conformance::pulse;

/// What the tables of the pulse hold, a text a row.
fn pulse_rows(folder: &Path) -> Vec<String> {
    let db = connect(&folder.join(DATABASE)).unwrap();
    let mut found = Vec::new();
    for table in ["pulse_rounds", "pulse_fetched", "pulse_used", "pulse_counts"] {
        let mut statement = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let cell = |row: &rusqlite::Row<'_>, at| row.get::<_, Cell>(at).map(|cell| format!("{cell:?}"));
        let rows = statement.query_map([], |row| {
            (0..columns).map(|at| cell(row, at)).collect::<Result<Vec<_>, _>>()
        });
        found.extend(rows.unwrap().map(|row| format!("{table}: {}", row.unwrap().join(", "))));
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_round_was_made_of_goes_with_its_close() {
    for end in ["close", "switch"] {
        let (fresh, _, folder) = fresh_in(tempfile::tempdir().unwrap());
        let (mut ana, _, round) = pulse::with_a_round(&fresh).await;
        let now = hours(pulse::OPENS + 1);
        let secret = fresh.store.pulse_secret(round, now).await.unwrap();
        fresh
            .store
            .fetch_pulse_token(ana.caller, round, "hash of an element", now)
            .await
            .unwrap();
        pulse::answers(&fresh, round, &[1, 2, 3, 4, 5, 5]).await;
        let kept = pulse_rows(&folder);
        assert_eq!(kept.len(), 1 + 1 + 6 + 1, "{kept:#?}");
        // Of who answered, with what and when, no row says anything.
        let fetchers: Vec<&String> = kept
            .iter()
            .filter(|row| row.contains(&ana.member().to_string()))
            .collect();
        assert!(
            fetchers.len() == 1 && fetchers[0].starts_with("pulse_fetched"),
            "{fetchers:?}"
        );
        assert!(
            kept.iter()
                .any(|row| row.ends_with("Integer(1), Integer(1), Integer(1), Integer(1), Integer(2)"))
        );
        let number = [100; 32];
        let holds = |bytes: &[u8]| bytes_of(&folder).windows(bytes.len()).any(|window| window == bytes);
        assert!(
            holds(&secret) && holds(&number) && holds(b"hash of an element"),
            "the search finds what is there"
        );
        match end {
            "close" => pulse::tends(&fresh, pulse::CLOSES).await,
            _ => pulse::sets(&mut ana, json!({ "on": false }), now).await,
        }
        assert_eq!(pulse_rows(&folder), Vec::<String>::new());
        let parts: [&[u8]; 4] = [&secret, &secret[..32], &number, b"hash of an element"];
        let looks = || parts.into_iter().find(|part| holds(part));
        assert_eq!(left_in_the_end(looks).await, None, "after {end}");
    }
}
