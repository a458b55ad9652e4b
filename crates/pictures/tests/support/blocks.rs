//! Metadata as cameras and programs write it, made by hand for fixtures and tests.

/// An EXIF block, from its TIFF header on: a camera, an orientation, a place, and an embedded thumbnail.
pub(crate) fn exif(orientation: u16, thumbnail: &[u8]) -> Vec<u8> {
    let mut block = b"II\x2a\0\x08\0\0\0".to_vec();
    let mut extra = Vec::new();
    let entries = 4;
    let extra_at = 8 + 2 + entries * 12 + 4;
    let mut ifd = (entries as u16).to_le_bytes().to_vec();
    let text = |ifd: &mut Vec<u8>, extra: &mut Vec<u8>, tag: u16, value: &[u8]| {
        entry(ifd, tag, 2, value.len() as u32, (extra_at + extra.len()) as u32);
        extra.extend_from_slice(value);
    };
    text(&mut ifd, &mut extra, 0x010f, b"Brass & Bellows\0");
    text(&mut ifd, &mut extra, 0x0110, b"Kettle 12\0\0");
    entry(&mut ifd, 0x0112, 3, 1, u32::from(orientation));
    entry(&mut ifd, 0x8825, 4, 1, (extra_at + extra.len()) as u32);
    gps(&mut extra, extra_at);
    if thumbnail.is_empty() {
        ifd.extend_from_slice(&0_u32.to_le_bytes());
    } else {
        ifd.extend_from_slice(&((extra_at + extra.len()) as u32).to_le_bytes());
        let data_at = extra_at + extra.len() + 2 + 3 * 12 + 4;
        extra.extend_from_slice(&3_u16.to_le_bytes());
        entry(&mut extra, 0x0103, 3, 1, 6);
        entry(&mut extra, 0x0201, 4, 1, data_at as u32);
        entry(&mut extra, 0x0202, 4, 1, thumbnail.len() as u32);
        extra.extend_from_slice(&0_u32.to_le_bytes());
        extra.extend_from_slice(thumbnail);
    }
    block.extend_from_slice(&ifd);
    block.extend_from_slice(&extra);
    block
}

/// 54° 11' 35" N, 37° 37' 2" E: a town that is known for its samovars.
fn gps(extra: &mut Vec<u8>, extra_at: usize) {
    let values_at = extra_at + extra.len() + 2 + 5 * 12 + 4;
    extra.extend_from_slice(&5_u16.to_le_bytes());
    entry(extra, 0x0000, 1, 4, u32::from_le_bytes([2, 3, 0, 0]));
    entry(extra, 0x0001, 2, 2, u32::from_le_bytes(*b"N\0\0\0"));
    entry(extra, 0x0002, 5, 3, values_at as u32);
    entry(extra, 0x0003, 2, 2, u32::from_le_bytes(*b"E\0\0\0"));
    entry(extra, 0x0004, 5, 3, values_at as u32 + 24);
    extra.extend_from_slice(&0_u32.to_le_bytes());
    for value in [54_u32, 11, 35, 37, 37, 2] {
        extra.extend_from_slice(&value.to_le_bytes());
        extra.extend_from_slice(&1_u32.to_le_bytes());
    }
}

fn entry(ifd: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: u32) {
    ifd.extend_from_slice(&tag.to_le_bytes());
    ifd.extend_from_slice(&kind.to_le_bytes());
    ifd.extend_from_slice(&count.to_le_bytes());
    ifd.extend_from_slice(&value.to_le_bytes());
}

/// An XMP packet that tells the same place.
pub(crate) fn xmp() -> Vec<u8> {
    br#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="54,11.58N" exif:GPSLongitude="37,37.03E"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#.to_vec()
}

/// A JPEG with further segments right behind its first marker.
pub(crate) fn with_segments(jpeg: &[u8], segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut whole = jpeg[..2].to_vec();
    for (marker, body) in segments {
        whole.extend_from_slice(&[0xff, *marker]);
        whole.extend_from_slice(&(body.len() as u16 + 2).to_be_bytes());
        whole.extend_from_slice(body);
    }
    whole.extend_from_slice(&jpeg[2..]);
    whole
}

/// The segments of a phone's photo: EXIF with a place and an embedded thumbnail, XMP, and a comment.
pub(crate) fn telling_segments(orientation: u16, thumbnail: &[u8]) -> Vec<(u8, Vec<u8>)> {
    vec![
        (0xe1, [b"Exif\0\0".as_slice(), &exif(orientation, thumbnail)].concat()),
        (0xe1, [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), &xmp()].concat()),
        (0xfe, b"GPS 54.193 37.617 http://example.org/where-i-live".to_vec()),
    ]
}

/// A RIFF chunk, padded to an even length.
pub(crate) fn riff_chunk(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = kind.to_vec();
    chunk.extend_from_slice(&(body.len() as u32).to_le_bytes());
    chunk.extend_from_slice(body);
    if body.len() % 2 == 1 {
        chunk.push(0);
    }
    chunk
}

/// A WebP file of the given chunks.
pub(crate) fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    riff_chunk(*b"RIFF", &[b"WEBP".to_vec(), chunks.concat()].concat())
}
