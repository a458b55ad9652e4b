//! The first look at a connection: is it a stream?

use std::io;
use std::time::Duration;

use rustix::net::{RecvFlags, recv};
use tokio::io::Interest;
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;

use super::head::{HEAD_BYTES_MAX, Seen, StreamRequest, answer, see};
use super::{Adopted, Command, Reactor};
use crate::connection::{AlreadyRefused, Peer};
use crate::open_streams::ConnectionEnd;
use crate::reading::{PATH, open};
use crate::routes;
use crate::state::App;

/// What came of a look.
#[derive(Debug)]
pub(crate) enum Looked {
    /// A stream, which the reactor has now.
    Taken,
    /// For hyper, with all its bytes still unread; the refusal answers its first request.
    Left(TcpStream, OwnedSemaphorePermit, Option<AlreadyRefused>),
}

/// Looks at a new connection, and takes it when it is a stream that may be opened.
pub(crate) async fn look(
    socket: TcpStream,
    peer: Peer,
    place: OwnedSemaphorePermit,
    app: &App,
    reactor: &Reactor,
) -> Looked {
    if reactor.mailbox.is_closed() {
        return Looked::Left(socket, place, None);
    }
    let Some(mut request) = first_request(&socket, reactor.first_patience).await else {
        return Looked::Left(socket, place, None);
    };
    request.request.parts.extensions.insert(peer);
    let opening = open(app, &mut request.request.parts, ConnectionEnd::default());
    let opening = match routes::in_time(opening).await {
        Ok(Ok(opening)) => opening,
        Err(error) | Ok(Err(error)) => return Looked::Left(socket, place, Some(AlreadyRefused(error))),
    };
    if let Ok(socket) = take(socket, request.length) {
        tracing::debug!(method = "GET", route = PATH, status = 200_u16, "answered");
        app.counters.count_call(PATH.to_owned(), 200);
        reactor.mailbox.send(Command::Adopt(Box::new(Adopted {
            socket,
            opening,
            head: answer(request.request.closes, app.has_tls(), app.now()),
            place,
        })));
    }
    Looked::Taken
}

struct First {
    request: Box<StreamRequest>,
    /// How many bytes it takes.
    length: usize,
}

/// The first request, still unread, when it is one for a stream.
async fn first_request(socket: &TcpStream, patience: Duration) -> Option<First> {
    let looking = async {
        let mut bytes = vec![0; HEAD_BYTES_MAX];
        let mut known = 0;
        loop {
            // Who says no more has said it all, which hyper sees too. And of an end the runtime tells at once, each time.
            if socket.ready(Interest::READABLE).await.ok()?.is_read_closed() {
                return None;
            }
            // What was seen before is still there. To say that it would block has the runtime wait for more, and what
            // arrives between the look and the wait ends the wait.
            let more = || match recv(socket, &mut *bytes, RecvFlags::PEEK)?.1 {
                0 => Err(io::ErrorKind::UnexpectedEof.into()),
                length if length == known => Err(io::ErrorKind::WouldBlock.into()),
                length => Ok(length),
            };
            known = match socket.try_io(Interest::READABLE, more) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
                looked => looked.ok()?,
            };
            match see(&bytes[..known]) {
                Seen::Beginning => {}
                Seen::Stream(request) => return Some(First { request, length: known }),
                Seen::Other => return None,
            }
        }
    };
    tokio::time::timeout(patience, looking).await.ok()?
}

/// Takes a request that was seen out of its socket, and the socket out of the runtime.
fn take(socket: TcpStream, length: usize) -> io::Result<std::net::TcpStream> {
    let socket = socket.into_std()?;
    let mut bytes = [0; HEAD_BYTES_MAX];
    let mut left = length;
    while left > 0 {
        match recv(&socket, &mut bytes[..left], RecvFlags::empty())?.1 {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            taken => left -= taken,
        }
    }
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use tokio::io::AsyncWriteExt as _;

    use super::*;

    const BEGINNING: &[u8] = b"GET /v1/stream HTTP/1.1\r\nhost:";

    /// Who comes, having said this, and the endpoint's side of them.
    async fn come_with(words: &[u8]) -> (TcpStream, TcpStream) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut here = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        here.write_all(words).await.unwrap();
        let (there, _) = listener.accept().await.unwrap();
        there.readable().await.unwrap();
        (here, there)
    }

    #[tokio::test]
    async fn a_head_that_takes_too_long_is_left_as_it_came() {
        let (_here, there) = come_with(BEGINNING).await;
        let looked = tokio::time::timeout(Duration::from_secs(30), first_request(&there, Duration::ZERO)).await;
        assert!(looked.expect("patience has an end").is_none());
        // The runtime tells of bytes once, and has told of these; the system still has them.
        let mut unread = vec![0; BEGINNING.len()];
        there.into_std().unwrap().read_exact(&mut unread).unwrap();
        assert_eq!(unread, BEGINNING);
    }
}
