//! Reads the entropy-coded scan of a baseline JPEG and checks that it is the one spelling of its picture that an encoder
//! gives: every block there, no code that says nothing, no coefficient that no picture has, padding of ones, no byte more.
//!
//! Terms and rules are those of ITU-T T.81, annexes F and K.

use crate::Refusal;

/// The bytes, after stuffing, as a row of bits.
struct Bits<'bytes> {
    bytes: &'bytes [u8],
    /// The next byte that is not in `buffer`.
    next: usize,
    buffer: u64,
    filled: u32,
    /// Whether a marker or the end stopped the reading.
    stopped: bool,
}

impl<'bytes> Bits<'bytes> {
    fn new(bytes: &'bytes [u8], start: usize) -> Self {
        Self {
            bytes,
            next: start,
            buffer: 0,
            filled: 0,
            stopped: false,
        }
    }

    /// Takes in bytes until the buffer is full or a marker stands in the way.
    fn fill(&mut self) {
        while self.filled <= 56 && !self.stopped {
            match self.bytes.get(self.next..) {
                Some([0xff, 0x00, ..]) => {
                    self.push(0xff);
                    self.next += 2;
                }
                Some([0xff, ..] | []) | None => self.stopped = true,
                Some([byte, ..]) => {
                    self.push(*byte);
                    self.next += 1;
                }
            }
        }
    }

    fn push(&mut self, byte: u8) {
        self.buffer |= u64::from(byte) << (56 - self.filled);
        self.filled += 8;
    }

    /// The next 16 bits, with zeros where none are left.
    fn peek(&mut self) -> u16 {
        if self.filled < 16 {
            self.fill();
        }
        (self.buffer >> 48) as u16
    }

    fn skip(&mut self, count: u32) -> Result<(), Refusal> {
        if count > self.filled {
            return Err(self.exhausted());
        }
        self.buffer <<= count;
        self.filled -= count;
        Ok(())
    }

    fn take(&mut self, count: u32) -> Result<u32, Refusal> {
        if count == 0 {
            return Ok(0);
        }
        let value = u32::from(self.peek()) >> (16 - count);
        self.skip(count)?;
        Ok(value)
    }

    fn exhausted(&self) -> Refusal {
        if self.next + 1 >= self.bytes.len() {
            Refusal::Truncated {
                offset: self.bytes.len(),
            }
        } else {
            self.refuse("a marker stands before the last block")
        }
    }

    fn refuse(&self, reason: &'static str) -> Refusal {
        Refusal::Scan {
            offset: self.next.saturating_sub(self.filled as usize / 8),
            reason,
        }
    }

    /// The rest of the last byte must be ones. Returns where the bytes go on behind it.
    fn finish(mut self) -> Result<usize, Refusal> {
        self.fill();
        if self.filled >= 8 {
            return Err(self.refuse("bytes follow the last block"));
        }
        let count = self.filled;
        if self.take(count)? + 1 != 1 << count {
            return Err(self.refuse("the padding is not of ones"));
        }
        Ok(self.next)
    }
}

/// How many bits the first look-up of a code takes; nearly all codes in a photo are shorter.
const FAST_BITS: u16 = 9;

/// A Huffman table, read by a look-up for short codes and by comparison for long ones.
struct Huffman {
    /// By the next bits: the code's length in the high byte (0 if it is longer), its symbol in the low one.
    fast: Vec<u16>,
    /// For each length: the first 16-bit window that is beyond its codes, and where its symbols begin, less its first code.
    lengths: [(u32, i32); 16],
    symbols: Vec<u8>,
}

/// A code that was looked up but not yet taken.
struct Code {
    length: u32,
    symbol: u8,
}

impl Huffman {
    /// From the sixteen counts and the symbols of a DHT segment.
    fn of(counts: &[u8], symbols: &[u8]) -> Self {
        let mut fast = vec![0; 1 << FAST_BITS];
        let mut lengths = [(0, 0); 16];
        let (mut code, mut index) = (0_u32, 0_usize);
        for (length, &count) in (1_u16..).zip(counts) {
            let first = code;
            for &symbol in &symbols[index..index + usize::from(count)] {
                if length <= FAST_BITS {
                    let free = FAST_BITS - length;
                    let at = (code as usize) << free;
                    fast[at..at + (1 << free)].fill(length << 8 | u16::from(symbol));
                }
                code += 1;
            }
            lengths[usize::from(length) - 1] = (code << (16 - length), index as i32 - first as i32);
            index += usize::from(count);
            code <<= 1;
        }
        Self {
            fast,
            lengths,
            symbols: symbols.to_vec(),
        }
    }

    fn look_up(&self, window: u16) -> Option<Code> {
        let entry = self.fast[usize::from(window >> (16 - FAST_BITS))];
        if entry != 0 {
            return Some(Code {
                length: u32::from(entry >> 8),
                symbol: (entry & 0xff) as u8,
            });
        }
        for length in u32::from(FAST_BITS) + 1..=16 {
            let (beyond, offset) = self.lengths[length as usize - 1];
            if u32::from(window) < beyond {
                let at = i32::from(window >> (16 - length)) + offset;
                let symbol = *self.symbols.get(usize::try_from(at).ok()?)?;
                return Some(Code { length, symbol });
            }
        }
        None
    }

    fn read(&self, bits: &mut Bits<'_>) -> Result<u8, Refusal> {
        let Some(code) = self.look_up(bits.peek()) else {
            return Err(if bits.filled < 16 {
                bits.exhausted()
            } else {
                bits.refuse("no such code")
            });
        };
        bits.skip(code.length)?;
        Ok(code.symbol)
    }
}

/// The tables of one of our own headers: luma first, then chroma.
pub(super) struct Tables {
    dc: [Huffman; 2],
    ac: [Huffman; 2],
    /// Steps in zigzag order.
    quantisation: [[u16; 64]; 2],
}

impl Tables {
    /// Reads the tables of a header that this crate has just written.
    pub(super) fn of(header: &[u8]) -> Self {
        let mut huffman = [None, None, None, None];
        let mut quantisation = [[0; 64]; 2];
        let mut at = 2;
        while let Some(&[0xff, marker, high, low]) = header.get(at..at + 4) {
            let length = usize::from(u16::from_be_bytes([high, low]));
            let body = &header[at + 4..at + 2 + length];
            match marker {
                0xdb => quantisation[usize::from(body[0] & 1)] = std::array::from_fn(|step| u16::from(body[1 + step])),
                0xc4 => {
                    let slot = usize::from(body[0] >> 4) * 2 + usize::from(body[0] & 1);
                    huffman[slot] = Some(Huffman::of(&body[1..17], &body[17..]));
                }
                _ => {}
            }
            at += 2 + length;
        }
        let [Some(dc_luma), Some(dc_chroma), Some(ac_luma), Some(ac_chroma)] = huffman else {
            unreachable!("the encoder writes two tables of each class for a colour picture");
        };
        Self {
            dc: [dc_luma, dc_chroma],
            ac: [ac_luma, ac_chroma],
            quantisation,
        }
    }
}

/// Reads all blocks of a picture and returns where its scan ends.
pub(super) fn read(
    bytes: &[u8],
    start: usize,
    tables: &Tables,
    width: u32,
    height: u32,
    full_chroma: bool,
) -> Result<usize, Refusal> {
    let unit = if full_chroma { 8 } else { 16 };
    let luma_blocks = if full_chroma { 1 } else { 4 };
    let units = width.div_ceil(unit) * height.div_ceil(unit);
    let mut bits = Bits::new(bytes, start);
    let mut previous = [0; 3];
    for _ in 0..units {
        for _ in 0..luma_blocks {
            read_block(&mut bits, tables, 0, &mut previous[0])?;
        }
        read_block(&mut bits, tables, 1, &mut previous[1])?;
        read_block(&mut bits, tables, 1, &mut previous[2])?;
    }
    bits.finish()
}

fn read_block(bits: &mut Bits<'_>, tables: &Tables, kind: usize, previous: &mut i32) -> Result<(), Refusal> {
    let steps = &tables.quantisation[kind];
    let size = tables.dc[kind].read(bits)?;
    let difference = read_value(bits, size)?;
    *previous += difference;
    check_range(bits, *previous, steps[0])?;

    let mut at = 1;
    while at < 64 {
        let symbol = tables.ac[kind].read(bits)?;
        let (run, size) = (usize::from(symbol >> 4), symbol & 0x0f);
        match (run, size) {
            (0, 0) => break,
            // Sixteen zeros are only written before a value in the same block.
            (15, 0) if at + 16 < 64 => at += 16,
            (_, 0) => return Err(bits.refuse("zeros that an end of block would have said")),
            _ => {
                at += run;
                if at > 63 {
                    return Err(bits.refuse("more than 64 coefficients"));
                }
                let value = read_value(bits, size)?;
                check_range(bits, value, steps[at])?;
                at += 1;
                continue;
            }
        }
        // The code after sixteen zeros must not be the end of the block.
        if tables.ac[kind].look_up(bits.peek()).is_none_or(|code| code.symbol == 0) {
            return Err(bits.refuse("zeros that an end of block would have said"));
        }
    }
    Ok(())
}

/// The value of `size` further bits (T.81, F.2.2.1, EXTEND).
fn read_value(bits: &mut Bits<'_>, size: u8) -> Result<i32, Refusal> {
    let raw = bits.take(u32::from(size))? as i32;
    let half = 1 << size >> 1;
    Ok(if raw < half { raw - (1 << size) + 1 } else { raw })
}

/// No picture of eight bits a sample has coefficients beyond ±1024; half a step may be added by rounding.
fn check_range(bits: &Bits<'_>, value: i32, step: u16) -> Result<(), Refusal> {
    if value.abs() * i32::from(step) > 1024 + i32::from(step) {
        return Err(bits.refuse("a coefficient that no picture has"));
    }
    Ok(())
}
