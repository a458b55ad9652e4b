//! What every store must do, as stories that know nothing but the trait. An implementation runs all of them with
//! [`conformance_tests`](crate::store::conformance_tests).

pub(crate) mod cards;
pub(crate) mod celebrations;
pub(crate) mod decisions;
pub(crate) mod feeds;
pub(crate) mod hidden;
pub(crate) mod kudos;
pub(crate) mod leaving;
pub(crate) mod mirrors;
pub(crate) mod numbers;
pub(crate) mod operator;
pub(crate) mod ops;
pub(crate) mod packages;
pub(crate) mod pages;
pub(crate) mod pairs;
pub(crate) mod people;
pub(crate) mod pulse;
pub(crate) mod sign_ins;
pub(crate) mod upkeep;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use samovar_domain::kinds::{focus_id, reaction_id, rsvp_id};
use samovar_domain::wire::{Op, OpResult, Page};
use samovar_domain::{Audience, BlobHash, Epoch, Item, ItemId, Kind, MemberId, Seq, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Caller, Cursor, NewInvite, Newcomer, Store, StoreError, StoreResult};

/// An empty store, and the items that it said it committed.
pub(crate) struct Fresh {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) heard: Arc<Mutex<Vec<Item>>>,
    /// Whatever must live as long as the store.
    pub(crate) _keep: Box<dyn std::any::Any + Send + Sync>,
}

/// Makes a test of each story for the store that `$make` makes.
macro_rules! conformance_tests {
    ($make:path) => {
        $crate::store::conformance::conformance_tests!(@each $make:
            people::of_fifty_who_race_for_one_invite_one_gets_in,
            people::the_first_to_come_owns_the_team_and_the_second_does_not,
            people::an_owner_invite_makes_one_owner_whatever_else_was_printed,
            people::a_join_that_is_sent_again_is_answered_with_the_same_member,
            people::invites_are_forgotten_when_they_are_over_or_used_up,
            people::invites_are_refused_with_their_reason,
            people::only_admins_invite,
            people::somebody_whose_name_cannot_be_uses_no_invite_up,
            people::a_device_that_is_ended_is_not_known_any_more,
            people::a_device_that_was_ended_writes_nothing,
            ops::an_op_that_is_sent_again_is_answered_as_the_first_time,
            ops::a_change_is_newer_than_what_it_changes_whatever_the_clock_says,
            ops::a_gap_is_told_with_the_number_that_is_expected,
            ops::a_number_used_for_another_item_tells_of_a_clone,
            ops::one_bad_op_never_blocks_the_rest,
            ops::a_missing_photo_holds_the_op_until_it_is_there,
            ops::seqs_of_many_writers_are_dense_and_heard_in_order,
            ops::ops_of_another_epoch_are_refused,
            ops::nobody_writes_what_is_another_s,
            ops::an_answer_to_what_is_over_is_refused,
            hidden::probing_tells_nothing,
            hidden::nobody_takes_the_place_of_a_gathering,
            numbers::op_numbers_give_exactly_once,
            pages::changes_come_in_order_and_in_pieces,
            pages::a_page_ends_before_it_grows_too_long,
            pages::a_hidden_item_is_nothing_but_a_gap,
            pages::what_pages_show_is_what_the_audience_admits,
            pages::cursors_of_another_life_are_told_to_begin_anew,
            pages::paging_anew_passes_the_low_water_mark,
            pages::old_kudos_are_history,
            pages::photos_are_for_those_who_see_what_names_them,
            pages::nobody_names_a_photo_that_they_may_not_see,
            upkeep::what_is_over_ends_with_all_that_answers_it,
            upkeep::a_photo_goes_with_its_snapshot_and_one_without_after_a_day,
            upkeep::a_series_becomes_gatherings_once,
            upkeep::gatherings_follow_their_series,
            upkeep::a_gathering_that_was_called_off_stays_off,
            upkeep::a_gathering_that_was_moved_by_hand_stays_there,
            pairs::pair_calls_are_drawn_once_a_week,
            pairs::a_draw_that_was_missed_is_made_up_for_until_thursday,
            pairs::a_team_that_begins_in_the_morning_has_its_draw_on_that_day,
            pairs::the_team_says_on_which_day_and_where,
            pairs::only_those_who_were_drawn_see_it_and_nobody_sees_a_wish,
            pairs::whoever_meets_nobody_hears_why_but_not_who_had_paused,
            pairs::whoever_leaves_is_taken_out_of_pair_calls,
            upkeep::a_gathering_that_an_admin_cancelled_stays_so_until_they_take_it_back,
            upkeep::those_who_have_it_hard_take_turns,
            upkeep::many_who_come_are_mixed_into_rooms,
            kudos::hidden_kudos_are_like_deleted_ones_to_all_others,
            kudos::kudos_that_come_after_the_wish_to_hide_them_are_hidden,
            kudos::a_wish_for_quiet_thanks_wins,
            kudos::the_team_says_what_it_values,
            kudos::only_those_who_were_thanked_hide_kudos,
            kudos::kudos_are_changed_for_ten_minutes,
            leaving::whoever_erases_themselves_leaves_nothing,
            leaving::gatherings_name_nobody_who_left,
            leaving::whoever_is_removed_leaves_what_they_gave,
            leaving::the_last_owner_stays,
            leaving::only_admins_remove,
            decisions::a_voice_and_that_it_was_heard_are_one_write,
            decisions::a_decision_counts_from_when_it_reached_the_team,
            decisions::closing_early_is_refused_and_closing_late_ends_it,
            decisions::admins_say_how_long_everyone_has,
            decisions::hidden_voices_are_opened_by_the_close_alone,
            decisions::what_comes_of_a_decision_is_for_those_who_see_it,
            decisions::nobody_writes_who_was_heard_but_the_endpoint,
            decisions::a_decision_goes_with_all_that_answers_it,
            decisions::whoever_leaves_is_taken_out_of_what_was_heard,
            decisions::what_was_decided_outlives_the_removal_of_who_asked,
            packages::an_address_is_erased_as_soon_as_the_package_is_there,
            packages::an_address_that_nobody_used_is_erased_after_fourteen_days,
            packages::the_key_of_a_computer_goes_with_it,
            packages::what_was_between_two_goes_with_either_of_them,
            packages::a_coordinator_who_leaves_keeps_no_address,
            pulse::a_round_opens_once_a_month_when_it_is_switched_on,
            pulse::five_answers_are_shown_when_the_round_closes,
            pulse::four_answers_are_never_shown,
            pulse::a_number_counts_once_and_only_while_its_round_is_open,
            pulse::each_member_has_one_token_of_a_round,
            pulse::switching_it_off_closes_a_round_at_once,
            pulse::switching_it_off_shows_nothing_of_few,
            pulse::nobody_writes_rounds_and_results_but_the_endpoint,
            celebrations::coordinators_hear_ten_days_ahead_and_the_team_on_the_day,
            celebrations::the_days_are_those_of_the_team_s_zone,
            celebrations::who_was_born_on_the_29th_of_february_is_celebrated_on_the_day_of_their_choice,
            celebrations::nobody_is_told_twice,
            celebrations::a_change_of_mind_is_followed_at_once,
            celebrations::whoever_coordinates_no_more_hears_no_more,
            celebrations::admins_say_how_many_days_ahead,
            celebrations::the_one_it_is_about_finds_the_plan_nowhere,
            celebrations::whoever_erases_themselves_is_celebrated_no_more,
            cards::a_card_is_handed_over_in_one_breath,
            cards::a_line_that_comes_too_late_is_refused,
            cards::nobody_but_the_endpoint_hands_over,
            cards::a_card_that_is_given_up_takes_all_of_it_along,
            cards::whoever_is_removed_takes_open_cards_along_and_leaves_what_was_given,
            cards::whoever_erases_themselves_is_on_no_card,
            feeds::a_new_feed_ends_the_old_one,
            feeds::a_feed_goes_with_its_member,
            feeds::a_feed_holds_what_its_member_sees_of_calls,
            mirrors::thanks_wait_at_a_mirror_as_soon_as_they_are_written,
            mirrors::what_was_begun_when_the_endpoint_ended_is_not_said_twice,
            mirrors::what_is_deleted_before_it_is_shown_never_is,
            mirrors::what_changes_while_nobody_knows_whether_it_is_shown_is_put_right,
            mirrors::what_an_erased_member_said_is_taken_back,
            mirrors::a_gathering_waits_until_it_is_about_to_start,
            mirrors::a_mirror_that_fails_waits_and_is_broken_off_after_a_day,
            mirrors::only_admins_have_mirrors_and_a_removed_one_is_forgotten,
            operator::the_operator_sees_who_is_in_the_team_and_not_what_they_do,
            operator::the_operator_gives_roles_and_the_last_owner_stays_one,
            operator::the_operator_names_coordinators_and_what_else_is_set_stays,
            operator::the_operator_ends_a_device_and_takes_invites_back,
            operator::what_admins_do_is_kept_as_a_deed_and_a_kind_of_thing,
            operator::whoever_leaves_becomes_a_former_member_in_what_was_done,
            operator::what_was_done_is_forgotten_after_180_days,
            sign_ins::a_sign_in_comes_back_once_in_its_browser_and_in_time,
            sign_ins::one_subject_is_one_member_with_the_role_of_their_groups,
            sign_ins::a_code_gives_what_groups_said_last,
            sign_ins::what_came_of_a_sign_in_is_forgotten,
            leaving::an_export_has_what_is_about_one_and_for_one_to_see,
        );
    };
    (@each $make:path: $($module:ident :: $story:ident,)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                $crate::store::conformance::$module::$story($make()).await;
            }
        )*
    };
}
pub(crate) use conformance_tests;

/// A Monday morning.
pub(crate) fn start() -> Timestamp {
    "2026-11-23T09:00:00.000Z".parse().unwrap()
}

pub(crate) fn hours(count: u64) -> Timestamp {
    start().plus(Duration::from_hours(count))
}

/// An id such as a writer gives a new item (UUID v7), always the same one for a number.
pub(crate) fn item_id(n: u128) -> ItemId {
    let (version, variant) = (7 << 76, 2 << 62);
    ItemId(Uuid::from_u128(version | variant | (n & ((1 << 62) - 1))))
}

/// A member's device in a story, which numbers its ops.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) caller: Caller,
    pub(crate) epoch: Epoch,
    next: u64,
}

impl Session {
    pub(crate) fn member(&self) -> MemberId {
        self.caller.member
    }

    /// The next op of the device.
    pub(crate) fn op(&mut self, kind: &str, id: ItemId, body: Value) -> Op {
        let n = self.next;
        self.next += 1;
        let body = if body.is_null() { None } else { Some(body) };
        Op {
            n,
            id,
            kind: Kind::new(kind),
            audience: Audience::Team,
            created_at: start(),
            body,
        }
    }

    pub(crate) async fn send(&self, ops: Vec<Op>, now: Timestamp) -> StoreResult<Vec<OpResult>> {
        self.store
            .apply(self.caller, self.epoch, ops, now)
            .await
            .map(|(_, results)| results)
    }

    /// Writes one item, which must pass.
    pub(crate) async fn write_at(&mut self, now: Timestamp, kind: &str, id: ItemId, body: Value) -> Seq {
        self.write_for(now, Audience::Team, kind, id, body).await
    }

    pub(crate) async fn write(&mut self, kind: &str, id: ItemId, body: Value) -> Seq {
        self.write_at(start(), kind, id, body).await
    }

    pub(crate) async fn write_for(
        &mut self,
        now: Timestamp,
        audience: Audience,
        kind: &str,
        id: ItemId,
        body: Value,
    ) -> Seq {
        let op = Op {
            audience,
            created_at: now,
            ..self.op(kind, id, body)
        };
        let result = self.send(vec![op], now).await.unwrap().remove(0);
        result
            .seq
            .unwrap_or_else(|| panic!("{kind} was refused: {:?}", result.problem))
    }

    /// Tries one op, and returns the code of the problem that it is answered with.
    pub(crate) async fn refused(&mut self, now: Timestamp, kind: &str, id: ItemId, body: Value) -> String {
        let op = Op {
            created_at: now,
            ..self.op(kind, id, body)
        };
        let result = self.send(vec![op], now).await.unwrap().remove(0);
        result.problem.expect("the op is refused").code.into_owned()
    }

    pub(crate) async fn say(&mut self, n: u128, words: &str) -> Seq {
        self.write(Kind::SNAPSHOT, item_id(n), snapshot(words)).await
    }

    pub(crate) async fn react_at(&mut self, now: Timestamp, target: ItemId) -> ItemId {
        let id = reaction_id(self.member(), target, "🎉");
        self.write_at(now, Kind::REACTION, id, json!({ "target": target, "emoji": "🎉" }))
            .await;
        id
    }

    pub(crate) async fn answer(&mut self, gathering: ItemId) -> ItemId {
        let id = rsvp_id(self.member(), gathering);
        self.write(Kind::RSVP, id, json!({ "gathering": gathering, "answer": "yes" }))
            .await;
        id
    }

    pub(crate) async fn focus_until(&mut self, until: Timestamp) -> ItemId {
        let id = focus_id(self.member());
        self.write(Kind::FOCUS, id, json!({ "until": until })).await;
        id
    }

    /// A cursor of this member's, in the epoch that they know.
    pub(crate) fn at(&self, after: Seq) -> Cursor {
        Cursor {
            epoch: Some(self.epoch),
            after,
            is_anew: false,
        }
    }

    /// Everything from a cursor to head.
    pub(crate) async fn page(&self, after: Seq) -> Page {
        self.store
            .page(self.member(), self.at(after), 1_000, start())
            .await
            .unwrap()
    }

    /// An item as this member sees it.
    pub(crate) async fn sees(&self, id: ItemId) -> Option<Item> {
        self.page(0).await.items.into_iter().find(|item| item.id == id)
    }

    /// What an item that this member sees says; `None` when it is hidden or gone.
    pub(crate) async fn reads(&self, id: ItemId) -> Option<Value> {
        self.sees(id).await.and_then(|item| item.body)
    }
}

pub(crate) fn snapshot(words: &str) -> Value {
    json!({ "text": words, "lifetime": "24h" })
}

pub(crate) fn snapshot_with(photo: BlobHash) -> Value {
    json!({ "photos": [{ "blob": photo, "width": 8, "height": 6, "thumbhash": "abcd" }], "lifetime": "24h" })
}

pub(crate) fn kudos(to: &Session) -> Value {
    json!({ "to": [to.member()], "reason": "You kept the kettle warm all week." })
}

pub(crate) fn teatime(weekday: &str, time: &str) -> Value {
    json!({ "activity": "teatime", "title": "Teatime", "time_zone": "Europe/Berlin", "weekday": weekday, "time": time,
            "every_weeks": 1, "duration_min": 30 })
}

pub(crate) async fn invite(store: &Arc<dyn Store>, secret: &str, is_owner: bool, uses: u32) {
    let invite = NewInvite {
        token_hash: secret.to_owned(),
        maker: None,
        is_owner,
        uses,
        expires_at: hours(120),
    };
    store.add_invite(invite, start()).await.unwrap();
}

pub(crate) fn newcomer(invite: &str, name: &str, token: &str) -> Newcomer {
    Newcomer {
        invite_hash: invite.to_owned(),
        name: name.to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        device_name: "desk".to_owned(),
        token_hash: token.to_owned(),
        join_key: None,
    }
}

/// Lets somebody in.
pub(crate) async fn join(store: &Arc<dyn Store>, name: &str, is_owner: bool) -> Session {
    // As in life, the store never holds the words of an invite, only their hash.
    let invite_hash = crate::state::hash_secret(&format!("invite of {name}"));
    invite(store, &invite_hash, is_owner, 1).await;
    let joined = store
        .join(newcomer(&invite_hash, name, &format!("token of {name}")), start())
        .await
        .unwrap();
    let epoch = store.team().await.unwrap().epoch;
    let caller = Caller {
        member: joined.member,
        device: joined.device,
    };
    Session {
        store: Arc::clone(store),
        caller,
        epoch,
        next: 1,
    }
}

/// A team of two: Ana, who owns it, and Ben.
pub(crate) async fn ana_and_ben(fresh: &Fresh) -> (Session, Session) {
    (
        join(&fresh.store, "Ana", true).await,
        join(&fresh.store, "Ben", false).await,
    )
}

pub(crate) async fn photo(of: &Session, content: &str, now: Timestamp) -> BlobHash {
    let hash = BlobHash::of(content.as_bytes());
    of.store
        .add_blob(of.caller, hash, content.len() as u64, now)
        .await
        .unwrap();
    hash
}

pub(crate) fn code<T: std::fmt::Debug>(result: StoreResult<T>) -> String {
    match result {
        Err(StoreError::Refused(problem)) => problem.code.into_owned(),
        other => panic!("not refused: {other:?}"),
    }
}
