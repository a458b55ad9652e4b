//! What a company's sign-in leaves in the database.

use super::*;
use crate::store::NewSignIn;

#[tokio::test]
async fn what_belongs_to_a_sign_in_is_gone_once_it_is_over() {
    let (_fresh, store, folder) = fresh_in(tempfile::tempdir().unwrap());
    let rows = || {
        let tables = dump(&folder).into_iter();
        let of_sign_ins = tables.filter(|(name, _)| ["sign_ins", "sign_in_codes", "invites"].contains(&name.as_str()));
        of_sign_ins.map(|(_, rows)| rows.len()).collect::<Vec<_>>()
    };
    store
        .begin_sign_in("state", "browser", hours(1), start())
        .await
        .unwrap();
    let code = NewSignIn {
        token_hash: "code".to_owned(),
        subject: "subject".to_owned(),
        role: None,
        expires_at: hours(1),
    };
    store.add_sign_in(code, start()).await.unwrap();
    assert_eq!(rows(), [1, 1, 1]);
    store.forget_invites(hours(1)).await.unwrap();
    assert_eq!(rows(), [0, 0, 0]);
}
