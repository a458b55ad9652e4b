//! Cards as printers and people get them.

use std::collections::BTreeSet;

use lopdf::{Document, Object};

use crate::fonts::Fonts;
use crate::{Card, Design, Format, Size, Words, layout, print};

mod group;

fn card(reason: &str) -> Card {
    Card {
        words: Words {
            heading: "Thank you, Ben".to_owned(),
            reason: reason.to_owned(),
            value: "Kindness".to_owned(),
            from: "Ana, 23 November 2026".to_owned(),
        },
        size: Size::A6,
        design: Design::Steam,
        bleed: false,
    }
}

const REASON: &str = "You kept the kettle warm all week, and all of us with it.";

fn pdf(card: &Card) -> Document {
    let printed = print(card, Format::Pdf).unwrap();
    Document::load_mem(&printed.bytes).unwrap()
}

/// A box of the only page, in points.
fn page_box(document: &Document, name: &str) -> Vec<f32> {
    let pages = document.get_pages();
    assert_eq!(pages.len(), 1);
    let page = document.get_dictionary(pages[&1]).unwrap();
    let numbers = page.get(name.as_bytes()).unwrap().as_array().unwrap();
    numbers.iter().map(|number| number.as_float().unwrap()).collect()
}

fn is_near(found: &[f32], wanted: [f32; 4]) -> bool {
    found
        .iter()
        .zip(wanted)
        .all(|(found, wanted)| (found - wanted).abs() < 0.1)
}

/// Width and height of a PNG, from its first chunk.
fn png_size(bytes: &[u8]) -> (u32, u32) {
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn every_design_is_as_large_as_its_paper() {
    let sizes = [
        (Size::A6, (419.53, 297.64), (1748, 1240)),
        (Size::UsA2, (396.0, 306.0), (1650, 1275)),
        (Size::UsPostcard, (432.0, 288.0), (1800, 1200)),
    ];
    for (size, (width, height), dots) in sizes {
        for design in Design::ALL {
            let card = Card {
                size,
                design,
                ..card(REASON)
            };
            let media = page_box(&pdf(&card), "MediaBox");
            assert!(
                is_near(&media, [0.0, 0.0, width, height]),
                "{size:?} {design:?}: {media:?}"
            );
            let png = print(&card, Format::Png).unwrap();
            assert_eq!(png_size(&png.bytes), dots, "{size:?} {design:?}");
            assert!(png.missing.is_empty() && !png.is_cut);
        }
    }
}

#[test]
fn a_printer_gets_paper_around_the_card_and_is_told_where_to_cut() {
    let with_bleed = Card {
        bleed: true,
        ..card(REASON)
    };
    let document = pdf(&with_bleed);
    assert!(is_near(
        &page_box(&document, "MediaBox"),
        [0.0, 0.0, 419.53 + 44.0, 297.64 + 44.0]
    ));
    assert!(is_near(&page_box(&document, "TrimBox"), [22.0, 22.0, 441.53, 319.64]));
    let bleed = 3.0 / 25.4 * 72.0;
    assert!(is_near(
        &page_box(&document, "BleedBox"),
        [22.0 - bleed, 22.0 - bleed, 441.53 + bleed, 319.64 + bleed]
    ));
}

#[test]
fn fonts_are_in_the_file_and_the_words_can_be_selected() {
    let document = pdf(&card(REASON));
    let fonts: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dictionary| dictionary.has(b"FontFile2") || dictionary.has(b"FontFile3"))
        .filter_map(|dictionary| dictionary.get(b"FontName").ok()?.as_name().ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    assert!(fonts.iter().any(|font| font.contains("Caveat")), "{fonts:?}");
    let described = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dictionary| {
            dictionary
                .get(b"Type")
                .and_then(Object::as_name)
                .is_ok_and(|name| name == b"FontDescriptor")
        })
        .count();
    assert_eq!(described, fonts.len(), "a font is named and not embedded");
    // Each letter is named by the file's own tables, from glyph to Unicode.
    let mut named = String::new();
    for object in document.objects.values() {
        let Ok(table) = object.as_dict().and_then(|font| font.get(b"ToUnicode")) else {
            continue;
        };
        let stream = document
            .get_object(table.as_reference().unwrap())
            .unwrap()
            .as_stream()
            .unwrap();
        let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
        named += &String::from_utf8_lossy(&content).to_uppercase();
    }
    for letter in "ThankyouBenetlwrmKidsAN23vb".chars() {
        let code = format!("<{:04X}>", u32::from(letter));
        assert!(named.contains(&code), "{letter} ({code}) is not to be found in {named}");
    }
}

#[test]
fn a_long_reason_becomes_smaller_and_stays_on_the_card() {
    let fonts = Fonts::new(false);
    let mut before = f32::MAX;
    for words in [10, 60, 150, 280] {
        for size in Size::ALL {
            let long = Card {
                size,
                ..card(&"kettle ".repeat(words))
            };
            let laid_out = layout::lay_out(&long, &fonts);
            assert!(!laid_out.is_cut, "{words} words on {size:?}");
            let (_, height) = size.points();
            let mut last = 0.0;
            let mut lines = laid_out.sheets[0].lines.clone();
            lines.sort_by(|one, other| one.y.total_cmp(&other.y));
            for line in &lines {
                assert!(line.y - last > line.size * 0.8, "lines lie over each other: {line:?}");
                assert!(line.y < height - 10.0, "{line:?}");
                last = line.y;
            }
        }
        let size = layout::lay_out(&card(&"kettle ".repeat(words)), &fonts);
        let reason = size.sheets[0]
            .lines
            .iter()
            .find(|line| line.text.contains("kettle"))
            .unwrap()
            .size;
        assert!(reason < before, "{words} words at {reason}");
        before = reason;
    }
}

#[test]
fn what_is_too_long_even_so_is_cut_and_it_is_said() {
    let fonts = Fonts::new(false);
    let endless = layout::lay_out(&card(&"W".repeat(20_000)), &fonts);
    assert!(endless.is_cut);
    assert!(endless.sheets[0].lines.iter().any(|line| line.text.ends_with('…')));
}

#[test]
fn what_no_font_has_is_told_and_never_a_silent_box() {
    let without = Fonts::new(false);
    let laid_out = layout::lay_out(&card("Danke für die Kanne 茶 und die ☕\u{fe0f}, спасибо!"), &without);
    assert_eq!(laid_out.missing, BTreeSet::from(['☕', '茶']));
    let written: String = laid_out.sheets[0].lines.iter().map(|line| line.text.as_str()).collect();
    assert!(
        !written.contains(['☕', '茶']) && written.contains("спасибо"),
        "{written}"
    );
    let laid_out = layout::lay_out(&card("Çok teşekkürler, děkuji, дякую"), &without);
    assert!(laid_out.missing.is_empty());
    // Whatever this computer has: what it lacks is told, and a card comes out all the same.
    for reason in [
        "שלום לכולם, תודה רבה.",
        "شكرا جزيلا لك",
        "いつもありがとう",
        "👩‍👩‍👧 and 🫖 and 🇵🇪",
    ] {
        for format in [Format::Pdf, Format::Png] {
            let printed = print(&card(reason), format).unwrap();
            assert!(printed.bytes.len() > 1_000);
        }
    }
}

#[test]
fn words_stay_words() {
    let printed = print(&card("<text>&amp; </text></svg> ]]> \u{0}\u{b} done"), Format::Pdf).unwrap();
    let document = Document::load_mem(&printed.bytes).unwrap();
    assert_eq!(document.get_pages().len(), 1);
}
