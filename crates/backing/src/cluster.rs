//! A PostgreSQL of the tests' own: in a temporary folder, on a socket in it, as another user where the tests are run by
//! root, whom PostgreSQL refuses. It ends with the process that started it, however that ends: it waits for the end of what
//! it reads.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use tokio_postgres::{Client, NoTls};

/// Makes the cluster, starts it, says where it is, does as it is told, and takes everything away again.
const SCRIPT: &str = r#"
trap '' INT TERM HUP
dir=$(mktemp -d "${TMPDIR:-/tmp}/samovar-postgres-XXXXXX") || exit 1
"$1/initdb" -D "$dir/data" -U samovar -A trust -E UTF8 --no-locale --no-sync >"$dir/log" 2>&1 || { cat "$dir/log" >&2; rm -rf "$dir"; exit 1; }
start() {
  "$1/pg_ctl" -D "$dir/data" -l "$dir/log" -w -o "-k '$dir' -c listen_addresses='' -c fsync=off -c full_page_writes=off \
    -c max_connections=300 -c shared_buffers=64MB" start </dev/null >/dev/null 2>&1 || cat "$dir/log" >&2
}
stop() { "$1/pg_ctl" -D "$dir/data" -m immediate -w stop </dev/null >/dev/null 2>&1; }
start "$1"
echo "$dir"
while read -r command; do
  "$command" "$1"
  echo done
done
stop "$1"
rm -rf "$dir"
"#;

struct Hand {
    tell: ChildStdin,
    hear: BufReader<ChildStdout>,
    _script: Child,
}

/// See the module.
pub struct Cluster {
    folder: PathBuf,
    hand: Mutex<Hand>,
}

/// Where PostgreSQL's programs are: Debian keeps them off the path.
fn programs() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut debian: Vec<PathBuf> = installed.filter_map(|entry| Some(entry.ok()?.path())).collect();
    let version = |folder: &PathBuf| folder.file_name()?.to_str()?.parse::<u32>().ok();
    debian.sort_by_key(|folder| std::cmp::Reverse(version(folder)));
    std::env::split_paths(&path)
        .chain(debian.into_iter().map(|folder| folder.join("bin")))
        .find(|folder| folder.join("initdb").exists())
        .expect("PostgreSQL is installed; `cargo xtask test` installs it where it can")
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n")
}

impl Cluster {
    /// Starts one.
    pub fn start() -> Self {
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        let mut script = command
            .args(["-c", SCRIPT, "sh"])
            .arg(programs())
            .current_dir("/")
            // Whoever ends the tests by a signal does not mean it: it has to clear up.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (tell, hear) = (script.stdin.take().unwrap(), script.stdout.take().unwrap());
        let mut hand = Hand {
            tell,
            hear: BufReader::new(hear),
            _script: script,
        };
        let mut folder = String::new();
        hand.hear.read_line(&mut folder).unwrap();
        assert!(!folder.is_empty(), "PostgreSQL does not start");
        Self {
            folder: folder.trim().into(),
            hand: Mutex::new(hand),
        }
    }

    /// The one that tests share who do it no harm.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    fn tell(&self, command: &str) {
        let mut hand = self.hand.lock().unwrap();
        writeln!(hand.tell, "{command}").unwrap();
        let mut answer = String::new();
        hand.hear.read_line(&mut answer).unwrap();
        assert_eq!(answer, "done\n");
    }

    /// Ends the server in the middle of whatever it does, as when it is killed.
    pub fn stop(&self) {
        self.tell("stop");
    }

    /// Starts the server anew, with what it had kept.
    pub fn start_again(&self) {
        self.tell("start");
    }

    /// The address of one of its databases.
    pub fn address(&self, name: &str) -> String {
        format!("postgres:///{name}?host={}&user=samovar", self.folder.display())
    }

    /// Somebody who may do everything in one of its databases.
    pub async fn admin(&self, name: &str) -> Client {
        let connected = tokio_postgres::connect(&self.address(name), NoTls).await;
        let (client, connection) = connected.unwrap();
        tokio::spawn(connection);
        client
    }

    /// A new database, for as long as it is held.
    pub async fn database(&'static self) -> Database {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("team_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let admin = self.admin("postgres").await;
        admin.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
        Database { cluster: self, name }
    }
}

/// See [`Cluster::database`].
pub struct Database {
    cluster: &'static Cluster,
    name: String,
}

impl Database {
    /// Its address.
    pub fn address(&self) -> String {
        self.cluster.address(&self.name)
    }

    /// Somebody who may do everything in it.
    pub async fn admin(&self) -> Client {
        self.cluster.admin(&self.name).await
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (address, name) = (self.cluster.address("postgres"), self.name.clone());
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let Ok((client, connection)) = tokio_postgres::connect(&address, NoTls).await else {
                    return;
                };
                tokio::spawn(connection);
                let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                let _ = client.batch_execute(&sql).await;
            });
        });
        let _ = dropping.join();
    }
}
