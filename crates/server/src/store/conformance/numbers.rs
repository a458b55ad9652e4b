//! The op numbers against a model: a device that sends any stretch of its ops, in any order, as often as it likes.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;

#[derive(Debug, Clone)]
struct Call {
    /// The first number of the stretch, from 1.
    from: u64,
    /// How many.
    count: u64,
    /// Whether it names other items than the device did.
    is_clone: bool,
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let call = (1..12_u64, 1..6_u64, prop::bool::weighted(0.1));
    prop::collection::vec(
        call.prop_map(|(from, count, is_clone)| Call { from, count, is_clone }),
        1..24,
    )
}

pub(crate) async fn op_numbers_give_exactly_once(fresh: Fresh) {
    let ana = join(&fresh.store, "Ana", true).await;
    let handle = tokio::runtime::Handle::current();
    let checking = tokio::task::spawn_blocking(move || {
        let mut runner = TestRunner::new(Config {
            cases: 40,
            failure_persistence: None,
            ..Config::default()
        });
        let cases = std::sync::atomic::AtomicU64::new(0);
        runner
            .run(&calls(), |calls| {
                let case = u128::from(cases.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) + 1;
                handle.block_on(follows_the_model(&ana, case, &calls))
            })
            .unwrap();
    });
    checking.await.unwrap();
}

/// Every fifth op can never pass.
fn body(n: u64) -> Value {
    if n.is_multiple_of(5) {
        snapshot("")
    } else {
        snapshot("tea")
    }
}

async fn follows_the_model(ana: &Session, case: u128, calls: &[Call]) -> Result<(), TestCaseError> {
    let device = ana
        .store
        .enrol(
            ana.caller,
            "model",
            &format!("token {case} {}", Uuid::new_v4()),
            start(),
        )
        .await
        .unwrap();
    let device = Session {
        caller: Caller { device, ..ana.caller },
        ..ana.clone()
    };
    let own = |n: u64| item_id(case * 1_000_000 + u128::from(n));
    // The model: what each number was answered with. Its length is the highest number applied.
    let mut answered: Vec<OpResult> = Vec::new();
    let mut head = ana.store.team().await.unwrap().head;
    for call in calls {
        let ops: Vec<Op> = (call.from..call.from + call.count)
            .map(|n| {
                let id = if call.is_clone {
                    item_id(u128::MAX - u128::from(n))
                } else {
                    own(n)
                };
                Op {
                    n,
                    id,
                    kind: Kind::new(Kind::SNAPSHOT),
                    audience: Audience::Team,
                    created_at: start(),
                    body: Some(body(n)),
                }
            })
            .collect();
        let known = answered.len() as u64;
        let found = device.send(ops, start()).await;
        if call.from > known + 1 {
            prop_assert_eq!(found, Err(StoreError::OpGap { expected: known + 1 }));
            continue;
        }
        if call.is_clone {
            if call.from <= known {
                prop_assert_eq!(found, Err(StoreError::DeviceCloned));
            } else {
                // A clone that comes first cannot be told from the device: from here on its items are the device's.
                return Ok(());
            }
            continue;
        }
        let found = found.unwrap();
        for n in call.from..call.from + call.count {
            if n > known {
                let result = found[(n - call.from) as usize].clone();
                let passes = !n.is_multiple_of(5);
                head += u64::from(passes);
                prop_assert_eq!(result.seq, passes.then_some(head));
                prop_assert_eq!(result.problem.is_some(), !passes);
                answered.push(result);
            }
        }
        let expect = &answered[(call.from - 1) as usize..(call.from - 1 + call.count) as usize];
        prop_assert_eq!(&found, expect);
    }
    Ok(())
}
