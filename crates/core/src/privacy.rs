//! One's rights: a copy of all that the team holds about one, and to leave with everything, there and here.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use samovar_domain::Problem;

use crate::account;
use crate::api::{Changed, Connection, Response};
use crate::core::{Inner, io_problem};
use crate::endpoint::{CallError, Endpoint};
use crate::store::fact;
use crate::{device_key, do_not_disturb, settings, slack_token, sync};

/// The name of a copy, of which there may be several in the folder.
const COPY: &str = "samovar-export";

async fn endpoint(inner: &Arc<Inner>) -> Result<Endpoint, Problem> {
    inner.member_account()?;
    sync::prepare_endpoint(inner).await.map_err(CallError::into_problem)?;
    inner
        .endpoint()
        .ok_or_else(|| Problem::new("no_team", "There is no endpoint to ask."))
}

/// Saves a copy of all that the endpoint holds about one, where this computer keeps what is downloaded.
pub(crate) async fn export(inner: &Arc<Inner>) -> Result<Response, Problem> {
    let copy = endpoint(inner).await?.export().await.map_err(CallError::into_problem)?;
    let zone = samovar_domain::hours::zone_or_utc(&settings::own_zone(inner).await?);
    let day = inner.now().utc().with_timezone(&zone).date_naive();
    let folder = inner.parts.downloads.clone();
    let saved = samovar_blocking::run(move || save(&folder, &format!("{COPY}-{day}"), &copy));
    let path = saved
        .await
        .expect("writing a file does not panic")
        .map_err(|error| io_problem(&error))?;
    Ok(Response::Exported {
        path: path.display().to_string(),
    })
}

/// Writes a zip under a name that nothing there has, readable by its owner only. What could not be written whole is not
/// there.
fn save(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let mut numbered = (2..).map(|number| folder.join(format!("{name}-{number}.zip")));
    let mut path = folder.join(format!("{name}.zip"));
    loop {
        match write_new(&path, bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                path = numbered.next().ok_or(error)?;
            }
            Err(error) => {
                let _ = std::fs::remove_file(&path);
                return Err(error);
            }
            Ok(()) => return Ok(path),
        }
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Leaves the team and erases everything: first at the endpoint, then here. `name` is one's own, typed once more, so that
/// nobody does this by mistake.
pub(crate) async fn erase(inner: &Arc<Inner>, name: &str) -> Result<Response, Problem> {
    let account = inner.member_account()?;
    let own = settings::own_member(&inner.items().await?, account.member).map_or(account.name, |own| own.name);
    if name.trim() != own.trim() {
        return Err(Problem::new(
            "name_differs",
            "This is not your name as the team sees it. Nothing was erased.",
        ));
    }
    let endpoint = endpoint(inner).await?;
    // Before there is nothing left that knows of it.
    if slack_token::account(inner).await?.kept.is_some() {
        slack_token::remove(inner).await?;
    }
    do_not_disturb::put_back(inner).await?;
    let has_begun: bool = inner
        .store
        .fact(fact::LEAVING)
        .await
        .map_err(|error| inner.problem(error))?;
    inner.kept(inner.store.set_fact(fact::LEAVING, true).await)?;
    match endpoint.leave().await {
        Ok(()) => {}
        // The answer to an earlier try was lost: the endpoint knows nothing of this person any more.
        Err(CallError::SignedOut) if has_begun => {}
        Err(error) => {
            // Whether it has heard of this, nobody knows when the answer is lost.
            if matches!(error, CallError::Refused(_) | CallError::SignedOut) {
                inner.kept(inner.store.set_fact(fact::LEAVING, false).await)?;
            }
            return Err(error.into_problem());
        }
    }
    device_key::forget(inner).await;
    forget(inner).await?;
    crate::showing::status(inner).await
}

/// Forgets everything of the person on this computer but how Samovar looks and starts.
async fn forget(inner: &Arc<Inner>) -> Result<(), Problem> {
    // Whatever is about to be stored of the team or its person is stored before, or not at all.
    let _calendar = inner.own_calendar_at_work.lock().await;
    let _slack = inner.slack_at_work.lock().await;
    let _fetching = inner.fetching_anew.lock().await;
    let _photos = inner.storing_photos.write().await;
    let _here = inner.leaving.write().await;
    let kept = settings::stored(inner).await?.of_this_computer();
    inner.kept(inner.store.forget_everything(kept).await)?;
    let (folder, photos) = (inner.parts.folder.clone(), inner.photos.clone());
    let gone = samovar_blocking::run(move || {
        photos.empty()?;
        remove_salvaged(&folder)?;
        account::remove(&folder)
    });
    gone.await
        .expect("removing files does not panic")
        .map_err(|error| io_problem(&error))?;
    inner.kept(inner.store.forget_leaving().await)?;
    inner.forget_account();
    inner.set_connection(Connection::None);
    inner.try_now.notify_one();
    inner.own_calendar_changed.notify_one();
    inner.plan_anew.notify_one();
    inner.tell(Changed::Settings);
    inner.tell(Changed::Status);
    inner.tell(Changed::Today);
    Ok(())
}

/// Removes what was set aside of damaged databases, and what was made to take their place.
fn remove_salvaged(folder: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(crate::store::is_set_aside) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
