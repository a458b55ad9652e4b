//! Who sends the messages, over one connection and without waiting for an answer.

use std::io::{self, Read as _, Write as _};
use std::marker::PhantomData;
use std::net::TcpStream;
use std::time::Duration;

use super::{Peer, message};

/// How long the first answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// See the module.
pub(super) struct Writer<P> {
    socket: TcpStream,
    /// The number of the last message; a later one has the next.
    pub(super) last: u64,
    peer: PhantomData<P>,
}

impl<P: Peer> Writer<P> {
    /// Connects, and introduces itself.
    pub(super) fn connect(address: &str) -> io::Result<Self> {
        let socket = TcpStream::connect(address)?;
        socket.set_nodelay(true)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        let mut writer = Self {
            socket,
            last: 0,
            peer: PhantomData,
        };
        if let Some(introduction) = P::introduction() {
            writer.socket.write_all(&introduction)?;
            writer.hear()?;
        }
        writer.socket.set_nonblocking(true)?;
        Ok(writer)
    }

    /// Sends the next message.
    pub(super) fn send(&mut self) -> io::Result<()> {
        self.last += 1;
        self.socket.write_all(&P::publication(&message(self.last)))
    }

    /// Reads what was answered meanwhile. A message that is refused is an error.
    pub(super) fn hear(&mut self) -> io::Result<()> {
        let mut bytes = [0; 4096];
        let answer = match self.socket.read(&mut bytes) {
            Ok(0) => return Err(io::Error::other("it closed the writer's connection")),
            Ok(length) => &bytes[..length],
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
            Err(error) => return Err(error),
        };
        if P::is_refusal(answer) {
            let answer = String::from_utf8_lossy(answer);
            return Err(io::Error::other(format!("it refused a message: {answer}")));
        }
        Ok(())
    }
}
