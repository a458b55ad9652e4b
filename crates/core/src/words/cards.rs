//! What stands on cards to print.

use chrono::Datelike as _;
use chrono_tz::Tz;
use samovar_domain::Timestamp;
use samovar_domain::kinds::Occasion;

use super::Words;

impl Words {
    /// "Thank you, Ben and Cleo".
    pub fn card_thanks(&self, names: &[String]) -> String {
        self.say("card-thanks", &[("names", self.join_names(names).into())])
    }

    /// "Ben, Cleo and Dee, 23 November 2026".
    pub fn card_signed(&self, names: &[String], at: Timestamp, zone: Tz) -> String {
        let names = self.join_names(names);
        self.say(
            "card-signed",
            &[("names", names.into()), ("date", self.card_date(at, zone).into())],
        )
    }

    /// "23 November 2026", by a zone's calendar.
    pub fn card_date(&self, at: Timestamp, zone: Tz) -> String {
        let date = at.utc().with_timezone(&zone).date_naive();
        let month = self.say(&format!("month-{}", date.month()), &[]);
        self.say(
            "card-date",
            &[
                ("day", date.day().to_string().into()),
                ("month", month.into()),
                ("year", date.year().to_string().into()),
            ],
        )
    }

    /// What stands on the front of a card that has no title: "Happy birthday".
    pub fn card_occasion(&self, occasion: Occasion) -> String {
        let key = match occasion {
            Occasion::Birthday => "card-for-birthday",
            Occasion::Anniversary => "card-for-anniversary",
            Occasion::Thanks => "card-for-thanks",
            Occasion::Welcome => "card-for-welcome",
            Occasion::Farewell => "card-for-farewell",
            Occasion::GetWell => "card-for-get-well",
            Occasion::Other => "card-for-other",
        };
        self.say(key, &[])
    }
}
