//! What of a round of the pulse may be shown. Its answers come without names; this keeps few of them from having one.

/// The fewest answers that are ever shown together.
pub const FEWEST: u32 = 5;

/// How many have said 1, 2, 3, 4 and 5.
pub type Counts = [u32; 5];

/// What may be shown of `counts`, when `shown` has been shown of the same round before. `None` when nothing new may: then
/// what was shown stays, and answers that came since are never shown unless enough others join them. Whoever compares
/// two views of a round learns of at least five answers at once.
pub fn publishable(counts: &Counts, shown: Option<&Counts>) -> Option<Counts> {
    let total = |counts: &Counts| counts.iter().map(|count| u64::from(*count)).sum::<u64>();
    let before = shown.map_or(0, total);
    let never_takes_back = shown.is_none_or(|shown| shown.iter().zip(counts).all(|(before, now)| before <= now));
    let is_enough = total(counts).saturating_sub(before) >= u64::from(FEWEST);
    (never_takes_back && is_enough).then_some(*counts)
}
