//! Rooms of three or four for a gathering that many come to, mixed anew each week.
//!
//! Nobody's attendance is kept for it. Everyone has a place in a fixed order, dealt into columns; each week every column
//! is turned by its own number of rooms. As long as the same people come, those who shared a room share none again until
//! the columns have come around, as far as there are enough rooms for that. Whoever comes late is seated where there is
//! most room.

use crate::kinds::{Room, Series};
use crate::{ItemId, MemberId};

/// More than so many who come are mixed into rooms.
pub const TOGETHER_MAX: usize = 6;
/// The most people in a room.
pub const ROOM_MAX: usize = 4;
/// How many minutes before the start rooms are made.
pub const MINUTES_BEFORE: i64 = 10;

/// Mixes people into rooms of three or four (one of all, when there are less than six), in the week of this number.
pub fn mix(people: &[MemberId], series: ItemId, week: i64) -> Vec<Vec<MemberId>> {
    let mut order: Vec<(ItemId, MemberId)> = people
        .iter()
        .map(|member| {
            (
                ItemId::derived(&["room", &series.to_string(), &member.to_string()]),
                *member,
            )
        })
        .collect();
    order.sort_unstable();
    order.dedup();
    let count = if order.len() < 6 {
        1
    } else {
        order.len().div_ceil(ROOM_MAX)
    };
    let mut rooms = vec![Vec::new(); count];
    for (place, (_, member)) in order.into_iter().enumerate() {
        let (column, row) = ((place / count) as i64, (place % count) as i64);
        let room = (row + week * column).rem_euclid(count as i64);
        rooms[room as usize].push(member);
    }
    for room in &mut rooms {
        room.sort_unstable();
    }
    rooms
}

/// The rooms of a gathering of `series` for those who come; none when they are few enough to be together.
pub fn rooms(gathering: ItemId, series: (ItemId, &Series), coming: &[MemberId], week: i64) -> Vec<Room> {
    let (series_id, series) = series;
    if !series.rooms || coming.len() <= TOGETHER_MAX {
        return Vec::new();
    }
    let link = |room: usize| {
        let server = series.jitsi.as_deref()?;
        Some(crate::series::jitsi_room(server, gathering, &format!("room {room}")))
    };
    mix(coming, series_id, week)
        .into_iter()
        .enumerate()
        .map(|(room, members)| Room {
            members,
            link: link(room),
        })
        .collect()
}

/// Gives somebody who says after the mixing that they come a place in the smallest room, the first one of several. Nobody
/// else moves, since they may be on their way; only when every room is full does one get a fifth. Whether it changed
/// anything: who has a place keeps it, and without rooms all are together.
pub fn seat(rooms: &mut [Room], member: MemberId) -> bool {
    if rooms.iter().any(|room| room.members.contains(&member)) {
        return false;
    }
    let Some(smallest) = rooms.iter_mut().min_by_key(|room| room.members.len()) else {
        return false;
    };
    smallest.members.push(member);
    smallest.members.sort_unstable();
    true
}
