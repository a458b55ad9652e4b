//! What becomes of what others own when somebody erases themselves.

use samovar_domain::erasing::{Fate, KINDS, fate};
use samovar_domain::{Item, Kind, Owner};
use serde_json::{Value, json};

use crate::given::{id, item, member};

const NOW: &str = "2026-11-23T12:00:00Z";

fn of_ana(kind: &str, body: Value) -> Item {
    item("it", kind, "Ana", NOW, body)
}

fn of_team(kind: &str, body: Value) -> Item {
    Item {
        owner: Owner::Team,
        ..of_ana(kind, body)
    }
}

#[test]
fn what_is_for_somebody_alone_goes_with_them_and_what_is_for_another_stays() {
    let (ben, cleo) = (member("Ben"), member("Cleo"));
    for whose in [ben, cleo] {
        let all = [
            of_ana(Kind::PACKAGE, json!({ "to": whose, "words": "Tea" })),
            of_ana(Kind::PACKAGE_OPENED, json!({ "of": whose, "consent": id("consent") })),
            of_ana(Kind::SURPRISE_CONSENT, json!({ "coordinator": whose, "sealed": [] })),
            of_ana(Kind::GROUP_CARD, json!({ "to": whose, "title": "Fare well" })),
            of_team(
                Kind::HANDED_CARD,
                json!({ "to": whose, "from": member("Ana"), "title": "Fare well" }),
            ),
            of_team(
                Kind::HANDED_LINE,
                json!({ "card": id("card"), "by": whose, "text": "Come back!" }),
            ),
        ];
        let fates: Vec<Fate> = all.iter().map(|item| fate(item, ben, &[])).collect();
        let expect = if whose == ben { Fate::Goes } else { Fate::Stays };
        assert!(fates.iter().all(|fate| *fate == expect), "{fates:?}");
        assert!(all.iter().all(|item| KINDS.contains(&item.kind.as_str())));
    }
    let thanks = of_ana(Kind::KUDOS, json!({ "to": [ben], "reason": "for the kettle and all" }));
    assert_eq!(fate(&thanks, ben, &[]), Fate::Stays, "what others gave is theirs");
}

#[test]
fn a_card_that_was_handed_over_stays_without_the_name_and_words_of_who_began_it() {
    let (ana, ben, cleo) = (member("Ana"), member("Ben"), member("Cleo"));
    let card = of_team(
        Kind::HANDED_CARD,
        json!({ "to": cleo, "from": ben, "occasion": "farewell", "title": "Ben's own words" }),
    );
    let unsigned = json!({ "to": cleo, "occasion": "farewell", "title": "" });
    assert_eq!(fate(&card, ben, &[ben, ana]), Fate::Becomes(unsigned));
    assert_eq!(fate(&card, ben, &[ben]), Fate::Goes, "nobody else wrote on it");
    assert_eq!(fate(&card, ana, &[ben, ana]), Fate::Stays);
}
