//! nginx with its module nchan: server-sent events to subscribers, messages by HTTP.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Peer, event_stream, http};

/// See the module.
pub(super) struct Nchan;

impl Peer for Nchan {
    const NAME: &'static str = "nchan";
    const PROGRAM: &'static str = "nginx";
    type Stream = event_stream::Stream<false>;

    fn command(program: &Path, folder: &Path, port: u16) -> io::Result<Option<Command>> {
        let Some(module) = module(program)? else {
            return Ok(None);
        };
        let file = folder.join("nginx.conf");
        std::fs::write(&file, settings(&module, folder, port))?;
        let mut command = Command::new(program);
        command.arg("-p").arg(folder).arg("-c").arg(file);
        Ok(Some(command))
    }

    fn subscription(_: usize) -> Vec<u8> {
        http::subscribe("/subscribe")
    }

    fn introduction() -> Option<Vec<u8>> {
        None
    }

    fn publication(message: &str) -> Vec<u8> {
        http::send("POST", "/publish", message)
    }

    fn is_refusal(answer: &[u8]) -> bool {
        http::is_refusal(answer)
    }
}

/// Where the module lies: in the folder that the program was built to look in.
fn module(program: &Path) -> io::Result<Option<PathBuf>> {
    let said = Command::new(program).arg("-V").output()?.stderr;
    let said = String::from_utf8_lossy(&said);
    let folder = said
        .split_whitespace()
        .find_map(|word| word.strip_prefix("--modules-path="));
    Ok(folder
        .map(|folder| Path::new(folder).join("ngx_nchan_module.so"))
        .filter(|module| module.is_file()))
}

/// One process that does all under one that watches over it, with room for all, and no file outside of its folder.
fn settings(module: &Path, folder: &Path, port: u16) -> String {
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|of| format!("    {of}_temp_path {of};\n"))
        .concat();
    format!(
        "daemon off;
worker_processes 1;
error_log stderr warn;
pid {folder}/pid;
load_module {module};
events {{
    worker_connections 20000;
}}
http {{
    access_log off;
{temporary}    keepalive_requests 1000000;
    nchan_shared_memory_size 512M;
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location = /subscribe {{
            nchan_subscriber eventsource;
            nchan_channel_id all;
            nchan_subscriber_first_message newest;
        }}
        location = /publish {{
            nchan_publisher;
            nchan_channel_id all;
            nchan_message_buffer_length 1000;
            nchan_message_timeout 1m;
        }}
    }}
}}
",
        folder = folder.display(),
        module = module.display(),
    )
}
