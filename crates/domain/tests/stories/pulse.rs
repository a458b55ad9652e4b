//! What of the pulse may be shown.

use proptest::prelude::*;
use proptest::test_runner::Config;
use samovar_domain::pulse::{Counts, publishable};

#[test]
fn four_answers_are_nobodys_business_and_five_are_the_teams() {
    assert_eq!(publishable(&[1, 0, 2, 1, 0], None), None);
    assert_eq!(publishable(&[1, 0, 2, 1, 1], None), Some([1, 0, 2, 1, 1]));
    // The late ones wait for company.
    assert_eq!(publishable(&[1, 0, 2, 1, 5], Some(&[1, 0, 2, 1, 1])), None);
    assert_eq!(
        publishable(&[1, 0, 2, 1, 6], Some(&[1, 0, 2, 1, 1])),
        Some([1, 0, 2, 1, 6])
    );
}

proptest! {
    #![proptest_config(Config::with_cases(10_000))]

    /// However answers come in, and however often one looks: any two views differ by none or by five answers at least.
    #[test]
    fn no_two_views_differ_by_fewer_than_five(answers in proptest::collection::vec((0..5_usize, any::<bool>()), 0..60)) {
        let mut counts: Counts = [0; 5];
        let mut views: Vec<Counts> = vec![[0; 5]];
        let mut shown = None;
        for (answer, looks) in answers {
            counts[answer] += 1;
            if looks && let Some(view) = publishable(&counts, shown.as_ref()) {
                shown = Some(view);
                views.push(view);
            }
        }
        let total = |view: &Counts| view.iter().sum::<u32>();
        for (place, one) in views.iter().enumerate() {
            for other in &views[place + 1..] {
                prop_assert!(total(other) - total(one) >= 5);
            }
        }
    }
}
