//! Cards that several people wrote.

use std::collections::BTreeSet;
use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};
use lopdf::{Document, Object};

use super::png_size;
use crate::fonts::Fonts;
use crate::{Design, Entry, Format, Group, Size, Stroke, group, print_group};

/// A photo that is one colour all over.
fn photo() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = RgbImage::from_pixel(64, 48, Rgb([10, 200, 220]));
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn zigzag(pen: u8) -> Vec<Stroke> {
    let points = (0..20_u16).map(|step| (step * 50, if step % 2 == 0 { 200 } else { 800 }));
    let dot = Stroke {
        pen,
        points: vec![(500, 500)],
    };
    vec![
        Stroke {
            pen,
            points: points.collect(),
        },
        dot,
        Stroke::default(),
    ]
}

fn entry(by: &str, words: &str) -> Entry {
    Entry {
        words: words.to_owned(),
        by: by.to_owned(),
        ..Entry::default()
    }
}

fn group(entries: Vec<Entry>) -> Group {
    Group {
        title: "Fare well, dear Ana".to_owned(),
        below: "Ben, Cleo and Dee, 23 November 2026".to_owned(),
        entries,
        size: Size::A6,
        design: Design::Steam,
        bleed: false,
    }
}

/// Everything that can come together: words of every length, with and without pictures.
fn many() -> Vec<Entry> {
    let mut entries = Vec::new();
    for (n, length) in [1, 5, 20, 60, 100, 3, 0, 0, 80, 2].into_iter().enumerate() {
        entries.push(Entry {
            doodle: if n % 2 == 0 { zigzag(n as u8) } else { Vec::new() },
            photo: (n % 3 == 0).then(photo),
            ..entry(&format!("Nr{n}"), &"miss ".repeat(length))
        });
    }
    entries
}

#[test]
fn a_card_has_as_many_pages_as_it_takes_and_what_one_gave_stays_together() {
    let fonts = Fonts::new(false);
    for size in Size::ALL {
        let card = Group { size, ..group(many()) };
        let laid_out = group::lay_out(&card, &fonts);
        assert!(!laid_out.is_cut, "{size:?}");
        assert!((4..=10).contains(&laid_out.sheets.len()), "{}", laid_out.sheets.len());
        let (_, height) = size.points();
        let mut names = Vec::new();
        for sheet in &laid_out.sheets {
            for line in &sheet.lines {
                assert!(line.y < height - 20.0 && line.y - line.size > 10.0, "{line:?}");
            }
            let on_it = sheet.lines.iter().map(|line| line.text.clone());
            names.extend(on_it.filter(|text| text.starts_with("Nr")));
        }
        let expected: Vec<String> = (0..10).map(|n| format!("Nr{n}")).collect();
        assert_eq!(names, expected, "each once, in their order");
    }
}

#[test]
fn the_file_for_printers_has_drawings_as_lines_and_photos_as_pictures() {
    let of = |card: &Group| {
        let printed = print_group(card, Format::Pdf).unwrap();
        let document = Document::load_mem(&printed.bytes).unwrap();
        let is_image = |object: &&Object| {
            let dictionary = object.as_stream().map(|stream| &stream.dict);
            dictionary
                .is_ok_and(|dictionary| dictionary.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Image"))
        };
        let images = document.objects.values().filter(is_image).count();
        (document.get_pages().len(), images)
    };
    assert_eq!(of(&group(Vec::new())), (1, 0), "a front alone");
    let drawn = Entry {
        doodle: zigzag(1),
        ..entry("Ben", "")
    };
    assert_eq!(of(&group(vec![drawn.clone()])), (2, 0), "no dots are made of a drawing");
    let shot = Entry {
        photo: Some(photo()),
        ..drawn
    };
    assert_eq!(of(&group(vec![shot])), (2, 1));
}

#[test]
fn a_picture_of_it_shows_all_pages_below_each_other() {
    let drawn = Entry {
        doodle: zigzag(1),
        photo: Some(photo()),
        ..entry("Ben", "We will miss you.")
    };
    let card = group(vec![drawn]);
    let whole = print_group(&card, Format::Png).unwrap();
    assert_eq!(png_size(&whole.bytes), (1748, 2 * 1240));
    let preview = print_group(&card, Format::Preview).unwrap();
    let shown = image::load_from_memory(&preview.bytes).unwrap().to_rgb8();
    let has = |wanted: [u8; 3]| {
        let is_near = |pixel: &Rgb<u8>| pixel.0.iter().zip(wanted).all(|(one, other)| one.abs_diff(other) < 12);
        shown.pixels().filter(|pixel| is_near(pixel)).count()
    };
    assert!(has([0xd1, 0x3f, 0x2f]) > 200, "the drawing is there");
    assert!(has([10, 200, 220]) > 2_000, "the photo is there");
}

#[test]
fn what_no_font_has_is_left_out_and_a_photo_that_is_none_leaves_its_place_empty() {
    let without = Fonts::new(false);
    let card = group(vec![entry("עדי", "שלום שלום 🫖"), entry("Ben", "Tea 🫖 for all")]);
    let laid_out = group::lay_out(&card, &without);
    assert!(laid_out.missing.contains(&'🫖') && laid_out.missing.contains(&'ש'));
    let words: Vec<_> = laid_out.sheets[1].lines.iter().map(|line| line.text.as_str()).collect();
    assert!(words.iter().any(|line| line.contains("for all")), "{words:?}");
    let written: BTreeSet<char> = words.iter().flat_map(|line| line.chars()).collect();
    assert!(written.is_disjoint(&laid_out.missing), "{written:?}");
    // Whatever this computer has, a card comes out.
    let odd = Entry {
        photo: Some(b"no picture".to_vec()),
        ..entry("مريم", "شكرا جزيلا لك, いつもありがとう, 👩‍👩‍👧 🇵🇪 \u{0} <b>&amp;</b>")
    };
    for format in [Format::Pdf, Format::Png, Format::Preview] {
        for design in Design::ALL {
            let card = Group {
                design,
                ..group(vec![odd.clone()])
            };
            assert!(print_group(&card, format).unwrap().bytes.len() > 1_000);
        }
    }
}

#[test]
fn a_whole_company_can_sign() {
    let card = group(
        (0..120)
            .map(|n| entry(&format!("Nr{n}"), "Fare well, and thank you."))
            .collect(),
    );
    let printed = print_group(&card, Format::Pdf).unwrap();
    let pages = Document::load_mem(&printed.bytes).unwrap().get_pages().len();
    assert!(pages > 20, "{pages}");
    let (columns, rows) = png_size(&print_group(&card, Format::Png).unwrap().bytes);
    assert!(
        columns > 300 && u64::from(columns) * u64::from(rows) < 70_000_000,
        "{columns} × {rows}"
    );
}
