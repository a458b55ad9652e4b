//! Reads a baseline JPEG to its coefficients and writes it again, as slowly and plainly as ITU-T T.81 says it (annex F). It
//! shares nothing with `verify`, which it is asked to be compared with.

use std::collections::HashMap;

/// A Huffman table, both ways.
#[derive(Default)]
struct Table {
    /// Length and code to symbol.
    symbols: HashMap<(u8, u16), u8>,
    /// Symbol to length and code.
    codes: HashMap<u8, (u8, u16)>,
}

/// A component of the frame: how many blocks a unit has of it, and its tables.
struct Component {
    blocks: u32,
    dc: u8,
    ac: u8,
}

/// What stands before the scan.
struct Header {
    length: usize,
    units: u32,
    components: Vec<Component>,
    tables: HashMap<u8, Table>,
}

/// The difference of a block's first coefficient to the one before, and the others in zigzag order.
type Block = [i32; 64];

/// The same picture, written anew; `None` for what cannot be read.
pub(super) fn respelled(jpeg: &[u8]) -> Option<Vec<u8>> {
    let header = read_header(jpeg)?;
    let mut bits = unstuffed(&jpeg[header.length..]);
    let mut written = Vec::new();
    for _ in 0..header.units {
        for component in &header.components {
            let (dc, ac) = (header.tables.get(&component.dc)?, header.tables.get(&component.ac)?);
            for _ in 0..component.blocks {
                let block = read_block(&mut bits, dc, ac)?;
                write_block(&mut written, &block, dc, ac)?;
            }
        }
    }
    let mut whole = jpeg[..header.length].to_vec();
    whole.extend(stuffed(&written));
    whole.extend([0xff, 0xd9]);
    Some(whole)
}

fn read_header(jpeg: &[u8]) -> Option<Header> {
    let (mut at, mut tables) = (2, HashMap::new());
    let (mut size, mut sampling) = ((0, 0), HashMap::new());
    loop {
        let [0xff, marker, high, low] = *jpeg.get(at..at + 4)? else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let body = jpeg.get(at + 4..at + 2 + length)?;
        at += 2 + length;
        match marker {
            0xc0 => {
                let side = |at: usize| u32::from(u16::from_be_bytes([body[at], body[at + 1]]));
                size = (side(3), side(1));
                sampling.extend(body[6..].chunks_exact(3).map(|one| (one[0], one[1])));
            }
            0xc4 => {
                tables.insert(body[0], table(&body[1..17], &body[17..]));
            }
            0xda => {
                let largest = sampling.values().map(|one| u32::from(one >> 4)).max()?;
                let unit = 8 * largest;
                let components = body[1..].chunks_exact(2).take(body[0].into());
                let components = components.map(|one| {
                    let sampled = u32::from(*sampling.get(&one[0])?);
                    Some(Component {
                        blocks: (sampled >> 4) * (sampled & 15),
                        dc: one[1] >> 4,
                        ac: 0x10 | one[1] & 15,
                    })
                });
                return Some(Header {
                    length: at,
                    units: size.0.div_ceil(unit) * size.1.div_ceil(unit),
                    components: components.collect::<Option<_>>()?,
                    tables,
                });
            }
            _ => {}
        }
    }
}

/// Codes are counted up within a length, and doubled from one to the next (annex C).
fn table(counts: &[u8], symbols: &[u8]) -> Table {
    let (mut table, mut code, mut symbols) = (Table::default(), 0_u16, symbols.iter());
    for (length, count) in (1..).zip(counts) {
        for symbol in symbols.by_ref().take((*count).into()) {
            table.symbols.insert((length, code), *symbol);
            table.codes.insert(*symbol, (length, code));
            code += 1;
        }
        code <<= 1;
    }
    table
}

/// The bits of a scan: a zero behind 0xff is none, and anything else behind it ends the scan.
fn unstuffed(scan: &[u8]) -> std::vec::IntoIter<bool> {
    let (mut bits, mut at) = (Vec::new(), 0);
    while let Some(&byte) = scan.get(at) {
        if byte == 0xff {
            if scan.get(at + 1) != Some(&0) {
                break;
            }
            at += 1;
        }
        at += 1;
        bits.extend((0..8).rev().map(|bit| byte >> bit & 1 == 1));
    }
    bits.into_iter()
}

/// The bytes of these bits, filled up with ones, with a zero behind each 0xff.
fn stuffed(bits: &[bool]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for eight in bits.chunks(8) {
        let bit = |at: usize| u8::from(*eight.get(at).unwrap_or(&true));
        let byte = (0..8).fold(0, |byte, at| byte << 1 | bit(at));
        bytes.push(byte);
        if byte == 0xff {
            bytes.push(0);
        }
    }
    bytes
}

fn read_symbol(bits: &mut impl Iterator<Item = bool>, table: &Table) -> Option<u8> {
    let mut code = 0;
    for length in 1..=16 {
        code = code << 1 | u16::from(bits.next()?);
        if let Some(symbol) = table.symbols.get(&(length, code)) {
            return Some(*symbol);
        }
    }
    None
}

/// A value of so many bits; those that begin with a zero are negative.
fn read_value(bits: &mut impl Iterator<Item = bool>, size: u8) -> Option<i32> {
    let mut value = 0;
    for _ in 0..size {
        value = value << 1 | i32::from(bits.next()?);
    }
    let is_negative = size > 0 && value < 1 << (size - 1);
    Some(if is_negative { value - (1 << size) + 1 } else { value })
}

fn read_block(bits: &mut impl Iterator<Item = bool>, dc: &Table, ac: &Table) -> Option<Block> {
    let mut block = [0; 64];
    let size = read_symbol(bits, dc)?;
    block[0] = read_value(bits, size)?;
    let mut at = 1;
    while at < 64 {
        let symbol = read_symbol(bits, ac)?;
        if symbol == 0 {
            break;
        }
        at += usize::from(symbol >> 4);
        *block.get_mut(at)? = read_value(bits, symbol & 15)?;
        at += 1;
    }
    Some(block)
}

fn write_symbol(bits: &mut Vec<bool>, symbol: u8, table: &Table) -> Option<()> {
    let (length, code) = *table.codes.get(&symbol)?;
    bits.extend((0..length).rev().map(|bit| code >> bit & 1 == 1));
    Some(())
}

/// How many bits a value takes.
fn size_of(value: i32) -> u8 {
    (32 - value.unsigned_abs().leading_zeros()) as u8
}

fn write_value(bits: &mut Vec<bool>, value: i32) {
    let size = size_of(value);
    let raw = if value < 0 { value + (1 << size) - 1 } else { value };
    bits.extend((0..size).rev().map(|bit| raw >> bit & 1 == 1));
}

fn write_block(bits: &mut Vec<bool>, block: &Block, dc: &Table, ac: &Table) -> Option<()> {
    write_symbol(bits, size_of(block[0]), dc)?;
    write_value(bits, block[0]);
    let mut zeros = 0;
    for &value in &block[1..] {
        if value == 0 {
            zeros += 1;
            continue;
        }
        while zeros >= 16 {
            write_symbol(bits, 0xf0, ac)?;
            zeros -= 16;
        }
        write_symbol(bits, zeros << 4 | size_of(value), ac)?;
        write_value(bits, value);
        zeros = 0;
    }
    if zeros > 0 {
        write_symbol(bits, 0, ac)?;
    }
    Some(())
}
