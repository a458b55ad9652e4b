//! `samovar-server members`, `roles`, `invites`, `devices`, `retention`, `audit`: what admins do, for whoever runs the endpoint.

use clap::{Args, Subcommand, ValueEnum};
use samovar_domain::kinds::RoleName;
use samovar_domain::{Clock, DeviceId, InviteId, MemberId, Timestamp};
use samovar_server::operate_team::{self, Standing};
use samovar_server::store::Removal;
use samovar_server::{operate, retention};

use super::{Data, Failure, Invite, say, table};

/// Who is in the team.
#[derive(Debug, Subcommand)]
pub(crate) enum Members {
    /// Everybody in the team, with their roles. When they were here last is not kept.
    List(List),
    /// Takes a member out: their access ends, and what they said about themselves goes. What they gave others stays.
    Remove(OneMember),
    /// Erases a member: everything that is theirs goes, as when they erase themselves. There is no way back.
    Erase(Erase),
}

/// What members may do.
#[derive(Debug, Subcommand)]
pub(crate) enum Roles {
    /// Makes a member an owner, an admin or a coordinator.
    Set(Role),
    /// Takes that from them; an owner or admin is a member then. The last owner stays one.
    Unset(Role),
}

/// Links that let people in.
#[derive(Debug, Subcommand)]
pub(crate) enum Invites {
    /// The invites that still let somebody in. Their links are kept nowhere.
    List(List),
    /// Prints a new invite link.
    Create(Invite),
    /// Takes an invite back.
    Revoke(OneInvite),
}

/// Computers of members.
#[derive(Debug, Subcommand)]
pub(crate) enum Devices {
    /// The computers of everybody, or of one member: name, and since when. When they were used last is not kept.
    List(ListDevices),
    /// Ends a computer: it is let in no more, and what it just reads ends.
    End(OneDevice),
}

#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    data: Data,
    /// As JSON, for programs.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ListDevices {
    #[command(flatten)]
    list: List,
    /// Of this member alone.
    #[arg(long, value_name = "ID")]
    member: Option<MemberId>,
}

#[derive(Debug, Args)]
pub(crate) struct OneMember {
    #[command(flatten)]
    data: Data,
    /// The member's id, as `members list` tells it.
    id: MemberId,
}

#[derive(Debug, Args)]
pub(crate) struct Erase {
    #[command(flatten)]
    member: OneMember,
    /// Yes, everything of theirs.
    #[arg(long, required = true)]
    yes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct OneInvite {
    #[command(flatten)]
    data: Data,
    /// The invite's id, as `invites list` tells it.
    id: InviteId,
}

#[derive(Debug, Args)]
pub(crate) struct OneDevice {
    #[command(flatten)]
    data: Data,
    /// The device's id, as `devices list` tells it.
    id: DeviceId,
}

#[derive(Debug, Args)]
pub(crate) struct Role {
    #[command(flatten)]
    member: OneMember,
    /// Which.
    role: RoleWord,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum RoleWord {
    Owner,
    Admin,
    Coordinator,
}

/// What admins and the command line did.
#[derive(Debug, Args)]
pub(crate) struct Audit {
    #[command(flatten)]
    list: List,
    /// Only what was done since this day or instant, such as `2026-11-01` or `2026-11-01T09:00:00Z`; it is kept for 180 days.
    #[arg(long, value_name = "WHEN", value_parser = instant)]
    since: Option<Timestamp>,
}

/// What is kept until when.
#[derive(Debug, Args)]
pub(crate) struct Retention {
    /// As JSON, for programs.
    #[arg(long)]
    json: bool,
}

fn instant(text: &str) -> Result<Timestamp, String> {
    let whole = if text.len() == "2026-11-01".len() {
        format!("{text}T00:00:00Z")
    } else {
        text.to_owned()
    };
    whole
        .parse()
        .map_err(|_| "it looks like 2026-11-01 or 2026-11-01T09:00:00Z".to_owned())
}

impl From<RoleWord> for Standing {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Owner => Self::Owner,
            RoleWord::Admin => Self::Admin,
            RoleWord::Coordinator => Self::Coordinator,
        }
    }
}

fn done() -> Result<(), Failure> {
    Ok(say("done")?)
}

pub(crate) async fn members(command: Members, clock: &dyn Clock) -> Result<(), Failure> {
    let (one, removal) = match command {
        Members::List(List { data, json }) => {
            let people = operate_team::members(data.place(), clock).await?;
            return table::list(
                &people,
                json,
                ["id", "name", "role", "coordinator", "since"],
                |person| {
                    let role = match person.role {
                        RoleName::Owner => "owner",
                        RoleName::Admin => "admin",
                        RoleName::Member => "member",
                    };
                    let coordinator = if person.is_coordinator { "yes" } else { "" };
                    [
                        person.id.to_string(),
                        person.name.clone(),
                        role.to_owned(),
                        coordinator.to_owned(),
                        person.since.to_string(),
                    ]
                },
            );
        }
        Members::Remove(one) => (one, Removal::ByAdmin),
        Members::Erase(erase) => (erase.member, Removal::Erase),
    };
    operate_team::take_out(one.data.place(), one.id, removal, clock).await?;
    done()
}

pub(crate) async fn roles(command: Roles, clock: &dyn Clock) -> Result<(), Failure> {
    match command {
        Roles::Set(Role { member, role }) => {
            operate_team::set(member.data.place(), member.id, role.into(), clock).await?;
        }
        Roles::Unset(Role { member, role }) => {
            operate_team::unset(member.data.place(), member.id, role.into(), clock).await?;
        }
    }
    done()
}

pub(crate) async fn invites(command: Invites, clock: &dyn Clock) -> Result<(), Failure> {
    match command {
        Invites::List(List { data, json }) => {
            let open = operate_team::invites(data.place(), clock).await?;
            table::list(&open, json, ["id", "uses left", "until"], |invite| {
                [
                    invite.id.to_string(),
                    invite.uses_left.to_string(),
                    invite.expires_at.to_string(),
                ]
            })
        }
        Invites::Create(invite) => create_invite(invite, clock).await,
        Invites::Revoke(one) => {
            operate_team::revoke_invite(one.data.place(), one.id, clock).await?;
            done()
        }
    }
}

/// Makes an invite and says its link.
pub(crate) async fn create_invite(invite: Invite, clock: &dyn Clock) -> Result<(), Failure> {
    let link = operate::invite(
        invite.data.place(),
        invite.public_url.as_deref(),
        invite.uses,
        invite.hours,
        clock,
    );
    Ok(say(&link.await?)?)
}

pub(crate) async fn devices(command: Devices, clock: &dyn Clock) -> Result<(), Failure> {
    match command {
        Devices::List(ListDevices { list, member }) => {
            let devices = operate_team::devices(list.data.place(), member, clock).await?;
            table::list(&devices, list.json, ["id", "member", "name", "since"], |device| {
                [
                    device.id.to_string(),
                    device.member_name.clone(),
                    device.name.clone(),
                    device.since.to_string(),
                ]
            })
        }
        Devices::End(one) => {
            operate_team::end_device(one.data.place(), one.id, clock).await?;
            done()
        }
    }
}

pub(crate) async fn audit(audit: Audit, clock: &dyn Clock) -> Result<(), Failure> {
    let List { data, json } = audit.list;
    let acts = operate_team::acts(data.place(), audit.since.unwrap_or_default(), clock).await?;
    table::list(&acts, json, ["when", "who", "did", "what"], |act| {
        [act.at.to_string(), act.by.clone(), act.deed.clone(), act.thing.clone()]
    })
}

pub(crate) fn retention(retention: &Retention) -> Result<(), Failure> {
    table::list(&retention::kept(), retention.json, ["what", "kept until"], |kept| {
        [kept.what.to_owned(), kept.until.clone()]
    })
}
