//! `samovar-server move`: a whole team from a folder into PostgreSQL, or back. Photos go first, then all rows in one
//! transaction; until that is kept the target is as good as empty, and the source is never changed. So a move that was ended
//! in the middle is simply begun again: photos that are there already are not carried twice.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use samovar_domain::{BlobHash, TeamId};
use tokio::runtime::Handle;

use crate::blobs::{BlobError, BlobPlace, Blobs};
use crate::folder_lock::{FolderLock, lock};
use crate::operate::{AT_ONCE, OperateError, at, is_there};
use crate::server::StartError;
use crate::store::StoreError;
use crate::store::moving::{CarryError, End, carry_over};

/// After so many photos it is told how far it has come.
const TELL_AFTER: u64 = 100;

/// How long an endpoint that has been stopped may be connected to its database still.
const LEAVING: Duration = Duration::from_secs(3);
/// How often that is looked for.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Where a team is, or is to be.
#[derive(Clone)]
pub struct Side {
    /// A folder of an endpoint's data, or the address of a PostgreSQL database. May hold a password.
    pub place: String,
    /// Where its photos lie; in the folder when nothing is said.
    pub blobs: BlobPlace,
}

/// Without a password.
impl std::fmt::Debug for Side {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = if self.is_postgres() {
            "postgres://…"
        } else {
            &self.place
        };
        write!(out, "{place} with photos in {:?}", self.blobs)
    }
}

/// What was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Rows of all tables.
    pub rows: u64,
    /// Photos that the team has, wherever they lie now.
    pub photos: u64,
    /// Photos that were missing or damaged before, and are missing still.
    pub missing: u64,
}

/// Why a team was not moved. It is where it was, and served from there as before.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// An endpoint serves it.
    #[error("an endpoint is serving {0}; stop it first, all of its nodes, and begin again")]
    Served(String),
    /// There is something at the target.
    #[error(
        "{0} is not empty; a team is moved into a new folder or an empty database. If a move there has just come to its end, serve it"
    )]
    NotEmpty(String),
    /// Another move to the same folder is under way.
    #[error("another move to {0} is under way")]
    UnderWay(String),
    /// Both ends are of one kind.
    #[error("a team is moved from a folder into PostgreSQL, or back; a folder is copied, and a database dumped")]
    OneKind,
    /// Nobody has said where the photos of a database lie.
    #[error(
        "a PostgreSQL database holds no photos: say with --{0}-blobs where they lie, as with --blobs when it is served"
    )]
    NoBlobs(&'static str),
    /// Something else.
    #[error("nothing was moved: {0}")]
    Failed(#[from] OperateError),
}

impl From<StoreError> for MoveError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<BlobError> for MoveError {
    fn from(error: BlobError) -> Self {
        Self::Failed(error.into())
    }
}

impl Side {
    fn is_postgres(&self) -> bool {
        self.place.starts_with("postgres://") || self.place.starts_with("postgresql://")
    }

    /// What it is called where others read along.
    fn name(&self) -> String {
        if self.is_postgres() {
            "the database"
        } else {
            &self.place
        }
        .to_owned()
    }

    fn photos(&self, folder: &Path, which: &'static str) -> Result<Arc<dyn Blobs>, MoveError> {
        if self.is_postgres() && self.blobs.place.is_none() {
            return Err(MoveError::NoBlobs(which));
        }
        Ok(self.blobs.open(folder)?)
    }
}

/// Moves a team, and says in words to `tell` how far it has come. What is served at the target then is a new epoch: desktops
/// notice, fetch the team anew and send what they have and it does not.
pub async fn move_team(from: Side, to: Side, tell: impl Fn(&str) + Send + Sync + 'static) -> Result<Moved, MoveError> {
    if from.is_postgres() == to.is_postgres() {
        return Err(MoveError::OneKind);
    }
    let source = Source::open(&from).await?;
    let target = Target::open(&to).await?;
    let runtime = Handle::current();
    let (mut here, mut there) = (source.end, target.end);
    let looking = runtime.clone();
    let looked = blocking(move || {
        let is_taken = there.holds_a_team(&looking);
        (look(&mut here, &looking), is_taken, here, there)
    });
    let (found, is_taken, mut here, mut there) = looked.await?;
    if is_taken? {
        return Err(MoveError::NotEmpty(to.name()));
    }
    let (team, photos) = found.map_err(|error| of_carrying(error, &from, &to))?;
    let missing = carry_photos(&*source.photos, &*target.photos, team, &photos, &tell).await?;
    let carried = blocking(move || {
        let so_far = |table: &str, rows: u64, all: u64| {
            if all > 0 {
                tell(&format!("{table}: {rows} of {all}"));
            }
        };
        carry_over(&runtime, &mut here, &mut there, &so_far)
    });
    let rows = carried.await?.map_err(|error| of_carrying(error, &from, &to))?;
    if let Some(staged) = target.staged {
        staged.put_in_place()?;
    }
    Ok(Moved {
        rows,
        photos: photos.len() as u64 - missing,
        missing,
    })
}

fn of_carrying(error: CarryError, from: &Side, to: &Side) -> MoveError {
    match error {
        CarryError::Served => MoveError::Served(from.name()),
        CarryError::NotEmpty(_) => MoveError::NotEmpty(to.name()),
        CarryError::Store(error) => error.into(),
    }
}

/// Whose team it is. An endpoint that has just been stopped may be connected for a moment still.
fn look(from: &mut End, runtime: &Handle) -> Result<(TeamId, Vec<BlobHash>), CarryError> {
    let asked = Instant::now();
    loop {
        match from.team(runtime) {
            Err(CarryError::Served) if asked.elapsed() < LEAVING => std::thread::sleep(LOOK_AGAIN),
            found => return found,
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| StoreError::Failed(error.to_string()))
}

/// Carries photos that are not there yet; how many were missing or damaged before. All others are there when it returns.
async fn carry_photos(
    from: &dyn Blobs,
    to: &dyn Blobs,
    team: TeamId,
    photos: &[BlobHash],
    tell: &(impl Fn(&str) + Send + Sync),
) -> Result<u64, MoveError> {
    from.claim(team).await?;
    to.claim(team).await?;
    if from.describe() == to.describe() {
        tell(&format!("photos: all stay in {}", to.describe()));
        return Ok(0);
    }
    let (done, missing) = (AtomicU64::new(0), AtomicU64::new(0));
    let carrying = stream::iter(photos.iter().copied()).map(|photo| {
        let (done, missing) = (&done, &missing);
        async move {
            // One that an earlier try has brought is looked at, too: whether it is sound is what counts.
            if !matches!(to.get(photo).await, Ok(Some(_))) {
                match from.get(photo).await {
                    Ok(Some(bytes)) => to.put(photo, bytes).await?,
                    Ok(None) | Err(BlobError::Damaged(_)) => {
                        missing.fetch_add(1, Ordering::Relaxed);
                    }
                    Err(error) => return Err(MoveError::from(error)),
                }
            }
            let so_far = done.fetch_add(1, Ordering::Relaxed) + 1;
            if so_far.is_multiple_of(TELL_AFTER) || so_far == photos.len() as u64 {
                tell(&format!("photos: {so_far} of {}", photos.len()));
            }
            Ok(())
        }
    });
    let carried: Result<(), MoveError> = carrying.buffer_unordered(AT_ONCE).try_collect().await;
    carried?;
    Ok(missing.into_inner())
}

/// Where a team comes from. Nobody else serves it while this is held.
struct Source {
    end: End,
    photos: Arc<dyn Blobs>,
    _lock: Option<FolderLock>,
}

impl Source {
    async fn open(side: &Side) -> Result<Self, MoveError> {
        let folder = Path::new(&side.place);
        let (end, lock) = if side.is_postgres() {
            (End::in_postgres(&side.place).await?, None)
        } else {
            is_there(folder)?;
            let lock = hold(folder, || MoveError::Served(side.name()))?;
            (End::in_folder(folder)?, Some(lock))
        };
        Ok(Self {
            end,
            photos: side.photos(folder, "from")?,
            _lock: lock,
        })
    }
}

fn hold(folder: &Path, taken: impl FnOnce() -> MoveError) -> Result<FolderLock, MoveError> {
    lock(folder).map_err(|error| match error {
        StartError::AlreadyServed(_) => taken(),
        StartError::Folder { folder, error } => at(&folder)(error).into(),
        other => StoreError::Failed(other.to_string()).into(),
    })
}

/// Where a team goes to.
struct Target {
    end: End,
    photos: Arc<dyn Blobs>,
    staged: Option<Staged>,
}

impl Target {
    async fn open(side: &Side) -> Result<Self, MoveError> {
        if side.is_postgres() {
            let end = End::to_postgres(&side.place).await?;
            let photos = side.photos(Path::new(""), "to")?;
            return Ok(Self {
                end,
                photos,
                staged: None,
            });
        }
        let staged = Staged::beside(side)?;
        Ok(Self {
            end: End::new_in_folder(&staged.folder)?,
            photos: side.photos(&staged.folder, "to")?,
            staged: Some(staged),
        })
    }
}

/// A folder beside the one that is to be, on the same disk, by a name that the next try finds again.
struct Staged {
    folder: PathBuf,
    place: PathBuf,
    _lock: FolderLock,
}

impl Staged {
    fn beside(side: &Side) -> Result<Self, MoveError> {
        let place = PathBuf::from(&side.place);
        let is_free = match std::fs::read_dir(&place) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
            Err(error) => return Err(at(&place)(error).into()),
        };
        if !is_free {
            return Err(MoveError::NotEmpty(side.name()));
        }
        let mut name = place.clone().into_os_string();
        name.push(".moving");
        let folder = PathBuf::from(name);
        let lock = hold(&folder, || MoveError::UnderWay(side.name()))?;
        // Of an earlier try: photos stay, rows are carried anew.
        for left in std::fs::read_dir(&folder).map_err(at(&folder))?.flatten() {
            if left.file_name() != "blobs" && left.file_name() != "lock" {
                std::fs::remove_file(left.path()).map_err(at(&left.path()))?;
            }
        }
        Ok(Self {
            folder,
            place,
            _lock: lock,
        })
    }

    fn put_in_place(self) -> Result<(), MoveError> {
        match std::fs::remove_dir(&self.place) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(at(&self.place)(error).into()),
        }
        Ok(std::fs::rename(&self.folder, &self.place).map_err(at(&self.place))?)
    }
}
