//! What a person does with their desktop.

use samovar_core::api::{FocusEnd, PhotoSource, PreparedPhoto, Request, Response, SharedPhoto};
use samovar_domain::kinds::Lifetime;
use samovar_domain::{Audience, ItemId, MemberId};

use super::Desktop;

impl Desktop {
    /// Shares words.
    pub async fn shares(&self, text: &str) -> ItemId {
        self.share(Some(text.to_owned()), Vec::new()).await
    }

    /// Makes a photo ready to be shared.
    pub async fn prepares(&self, photo: &[u8]) -> PreparedPhoto {
        let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
        std::fs::write(file.path(), photo).expect("a temporary file can be written");
        let source = PhotoSource::Path(file.path().display().to_string());
        match self.ask(Request::PreparePhoto { source }).await {
            Response::Photo(photo) => photo,
            other => panic!("expected a photo, not {other:?}"),
        }
    }

    /// Shares words with a photo.
    pub async fn shares_photo(&self, text: &str, photo: &[u8]) -> ItemId {
        let prepared = self.prepares(photo).await;
        let photos = vec![SharedPhoto {
            photo: prepared.photo,
            alt: None,
        }];
        self.share(Some(text.to_owned()), photos).await
    }

    /// Writes under something.
    pub async fn replies(&self, target: ItemId, text: &str) {
        let text = text.to_owned();
        self.ask(Request::Reply { target, text }).await;
    }

    async fn share(&self, text: Option<String>, photos: Vec<SharedPhoto>) -> ItemId {
        let request = Request::Share {
            text,
            photos,
            lifetime: Lifetime::Day,
            audience: Audience::Team,
        };
        match self.ask(request).await {
            Response::Shared { item } => item,
            other => panic!("expected a share, not {other:?}"),
        }
    }

    /// Thanks one person.
    pub async fn thanks(&self, to: MemberId, reason: &str) -> ItemId {
        let request = Request::GiveKudos {
            to: vec![to],
            reason: reason.to_owned(),
            value: None,
            audience: Audience::Team,
        };
        match self.ask(request).await {
            Response::Shared { item } => item,
            other => panic!("expected kudos, not {other:?}"),
        }
    }

    /// Goes into focus.
    pub async fn focuses(&self, minutes: u32) {
        self.ask(Request::StartFocus {
            end: FocusEnd::Minutes(minutes),
            note: None,
        })
        .await;
    }
}
