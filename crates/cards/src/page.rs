//! The paper around a card, and the files that are made of it.

use krilla::Document;
use krilla::geom::{Rect, Size as PdfSize};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};
use resvg::tiny_skia::{Color, Pixmap, PixmapPaint, Transform};
use resvg::usvg::Tree;

use crate::designs::BLEED;
use crate::{CardError, Size};

/// How much paper there is around a card that has marks of where to cut, in points.
const AROUND: f32 = 22.0;

/// The most dots that a PNG has, so that a card of many pages is not more than a computer holds.
const DOTS_MAX: f32 = 60_000_000.0;

/// A card's page.
pub(crate) struct Page {
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// The paper on each side of the card.
    pub(crate) around: f32,
    /// How much of that the background covers.
    pub(crate) bleed: f32,
}

fn failed(error: impl std::fmt::Debug) -> CardError {
    CardError::Drawing(format!("{error:?}"))
}

impl Page {
    pub(crate) fn of(size: Size, has_bleed: bool) -> Self {
        let (width, height) = size.points();
        let (around, bleed) = if has_bleed { (AROUND, BLEED) } else { (0.0, 0.0) };
        Self {
            width,
            height,
            around,
            bleed,
        }
    }

    /// The whole paper.
    fn paper(&self) -> (f32, f32) {
        (self.width + 2.0 * self.around, self.height + 2.0 * self.around)
    }

    /// The part of the paper that lies this far around the card.
    fn part(&self, beyond: f32) -> Option<Rect> {
        let from = self.around - beyond;
        Rect::from_xywh(from, from, self.width + 2.0 * beyond, self.height + 2.0 * beyond)
    }

    /// The drawings as a PDF, a page each.
    pub(crate) fn pdf(&self, trees: &[Tree], title: &str) -> Result<Vec<u8>, CardError> {
        let mut document = Document::new();
        document.set_metadata(Metadata::new().title(title.to_owned()).creator("Samovar".to_owned()));
        for tree in trees {
            self.add_to(&mut document, tree)?;
        }
        document.finish().map_err(failed)
    }

    fn add_to(&self, document: &mut Document, tree: &Tree) -> Result<(), CardError> {
        let (width, height) = self.paper();
        let settings = PageSettings::from_wh(width, height).ok_or_else(|| failed("an empty page"))?;
        let settings = settings
            .with_trim_box(self.part(0.0))
            .with_bleed_box(self.part(self.bleed));
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let size = PdfSize::from_wh(width, height).ok_or_else(|| failed("an empty page"))?;
        let drawn = surface.draw_svg(tree, size, SvgSettings::default());
        surface.finish();
        page.finish();
        drawn.ok_or_else(|| failed("the drawing does not fit a PDF"))
    }

    /// The drawings as a PNG of so many dots to an inch, one below the other; coarser when there are very many.
    pub(crate) fn png(&self, trees: &[Tree], dots: f32) -> Result<Vec<u8>, CardError> {
        let (width, height) = self.paper();
        let pages = trees.len().max(1) as f32;
        let finest = (DOTS_MAX / (width * height * pages)).sqrt();
        let scale = (dots / 72.0).min(finest);
        let (columns, rows) = ((width * scale).round() as u32, (height * scale).round() as u32);
        let mut pixels = Pixmap::new(columns, rows * trees.len() as u32).ok_or_else(|| failed("an empty picture"))?;
        pixels.fill(Color::WHITE);
        for (place, tree) in trees.iter().enumerate() {
            let down = (place as u32 * rows) as f32;
            let mut sheet = Pixmap::new(columns, rows).ok_or_else(|| failed("an empty picture"))?;
            resvg::render(tree, Transform::from_scale(scale, scale), &mut sheet.as_mut());
            pixels.draw_pixmap(
                0,
                down as i32,
                sheet.as_ref(),
                &PixmapPaint::default(),
                Transform::identity(),
                None,
            );
        }
        pixels.encode_png().map_err(failed)
    }
}
