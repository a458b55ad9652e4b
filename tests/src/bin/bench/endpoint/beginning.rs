//! The first bytes of something that comes in pieces.

/// So many of them, and no more.
#[derive(Debug)]
pub(super) struct Beginning<const LENGTH: usize> {
    bytes: [u8; LENGTH],
    length: u8,
}

impl<const LENGTH: usize> Default for Beginning<LENGTH> {
    fn default() -> Self {
        Self {
            bytes: [0; LENGTH],
            length: 0,
        }
    }
}

impl<const LENGTH: usize> Beginning<LENGTH> {
    /// Takes what there is room for.
    pub(super) fn take(&mut self, piece: &[u8]) {
        let kept = piece.len().min(LENGTH - usize::from(self.length));
        self.bytes[usize::from(self.length)..][..kept].copy_from_slice(&piece[..kept]);
        self.length += kept as u8;
    }

    /// What was taken.
    pub(super) fn seen(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }

    /// Begins anew.
    pub(super) fn clear(&mut self) {
        self.length = 0;
    }
}

/// The number that these bytes begin with, in decimal digits; 0 where there is none.
pub(super) fn number(bytes: &[u8]) -> u64 {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
}
