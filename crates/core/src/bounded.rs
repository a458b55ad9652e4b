//! Answers are read up to a bound: nobody at the other end of a line can fill this computer's memory. What comes
//! compressed is counted as it is after that, where a few bytes may have been many.

use reqwest::Response;

/// An answer was not read to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotRead {
    /// It broke off.
    #[error(transparent)]
    Broken(#[from] reqwest::Error),
    /// There is more of it than anybody honest sends.
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
}

/// The whole body of an answer, of at most so many bytes.
///
/// # Errors
///
/// See [`NotRead`].
pub(crate) async fn read(mut response: Response, at_most: usize) -> Result<Vec<u8>, NotRead> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await? {
        if bytes.len() + piece.len() > at_most {
            return Err(NotRead::TooLong(at_most));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}
