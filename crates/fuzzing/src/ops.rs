//! Op batches: the body of `POST /v1/ops`, what comes of each op in a small team, and what everybody's desktop makes of it.
//!
//! An input is a body. Who writes an op follows from its number: Ana (an owner) for 1, 4, 7 …, Ben (an admin) for 2, 5 …,
//! and Cleo for the others.

mod desktops;
mod team;

use samovar_domain::check::{Allowed, BODY_BYTES_MAX, View as _, check as check_op, own_id};
use samovar_domain::expiry::CREATED_AT_MOST_BEFORE;
use samovar_domain::kinds::RoleName;
use samovar_domain::wire::{OPS_MAX, Op, OpsRequest};
use samovar_domain::{Body, MemberId, Owner};
use samovar_server::fuzzing::read_ops;

use self::team::Team;
pub use self::team::{MEMBERS, NOW};
use crate::{Outcome, assert_refuses, assert_words};

/// See the module.
pub fn check(input: &[u8]) -> Outcome {
    let request = match read_ops(input) {
        Ok(request) => request,
        Err(problem) if problem.code == "too_many_ops" => {
            assert_refuses(&problem, 422, "too_many_ops");
            return Outcome::Refused;
        }
        Err(problem) => {
            assert_refuses(&problem, 400, "bad_json");
            return Outcome::Refused;
        }
    };
    assert!(request.ops.len() <= OPS_MAX);
    assert_reads_back(&request);
    let mut team = Team::default();
    let mut allowed = 0;
    for op in &request.ops {
        allowed += usize::from(take(&mut team, op));
    }
    if allowed > 0 {
        desktops::look(&team);
    }
    Outcome::of(allowed > 0)
}

fn writer_of(op: &Op) -> MemberId {
    let [ana, ben, cleo] = *MEMBERS;
    match op.n % 3 {
        1 => ana,
        2 => ben,
        _ => cleo,
    }
}

/// A desktop sends what it has stored, and the endpoint stores what it was sent.
fn assert_reads_back(request: &OpsRequest) {
    let written = serde_json::to_vec(request).expect("a request is made of JSON");
    assert_eq!(read_ops(&written).as_ref(), Ok(request));
}

/// Does an op, if it may be done. Whether it may.
fn take(team: &mut Team, op: &Op) -> bool {
    let writer = writer_of(op);
    let view = team.seen_by();
    let answer = check_op(writer, op, &view);
    assert_eq!(
        check_op(writer, op, &view),
        answer,
        "the same question has the same answer"
    );
    match answer {
        Ok(allowed) => {
            assert_lawful(team, writer, op, &allowed);
            let item = team.item_of(op, &allowed);
            assert_eq!(item.owner, allowed.owner);
            crate::events::assert_is_heard(&item);
            team.put(item);
            true
        }
        Err(problem) => {
            assert_words(&problem.code, &problem.detail);
            false
        }
    }
}

/// What holds of every op that is allowed, whatever its kind.
fn assert_lawful(team: &Team, writer: MemberId, op: &Op, allowed: &Allowed) {
    let view = team.seen_by();
    match allowed.owner {
        Owner::Member(owner) => assert_eq!(owner, writer, "{op:?}"),
        Owner::Team => assert!(view.role(writer) >= RoleName::Admin, "{op:?}"),
    }
    assert!(!op.kind.is_of_endpoint(), "{op:?}");
    let existing = view.existing(op.id);
    if let Some(existing) = &existing {
        assert!(existing.is_visible_to(writer), "a place of what is hidden: {op:?}");
        assert_eq!((&existing.owner, &existing.kind), (&allowed.owner, &op.kind), "{op:?}");
        assert_eq!(existing.audience, op.audience, "{op:?}");
    }
    let is_kept = existing.is_some_and(|existing| existing.created_at == allowed.created_at);
    let (now, oldest) = (view.now(), view.now().minus(CREATED_AT_MOST_BEFORE));
    assert!(is_kept || (oldest..=now).contains(&allowed.created_at), "{op:?}");
    let (Some(json), Some(body)) = (&op.body, &allowed.body) else {
        assert!(op.body.is_none() && allowed.body.is_none(), "{op:?}");
        return;
    };
    assert!(json.to_string().len() <= BODY_BYTES_MAX);
    assert_ne!(body, &Body::Unknown, "{op:?}");
    assert_eq!(Body::read(&op.kind, json).ok().as_ref(), Some(body), "{op:?}");
    if let Some(own) = own_id(writer, body) {
        assert_eq!(op.id, own, "{op:?}");
    }
}
