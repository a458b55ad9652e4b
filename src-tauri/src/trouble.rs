//! Says what went wrong with something that was chosen where no page can say it: in the tray, on a notification, by keys.
//! As a notification; on a desktop that shows none, in a dialog.

use samovar_core::api::{Request, Response};
use samovar_core::notifier::{Notification, Notifier as _};
use samovar_core::words::Words;
use samovar_domain::Problem;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogKind};

use crate::parts;
use crate::shell::Shell;

/// The notification's key: the newest trouble takes the place of the one before. Pressing it opens Today, as for
/// everything that the core does not know more about.
const KEY: &str = "trouble";

/// Tells the person.
pub(crate) async fn tell(app: &AppHandle, problem: &Problem) {
    tracing::warn!(code = %problem.code, "what was chosen could not be done");
    let words = words(app).await;
    let (title, body) = (words.say("notify-trouble-title", &[]), said(&words, problem));
    let notification = Notification {
        key: KEY.to_owned(),
        title: title.clone(),
        body: body.clone(),
        actions: Vec::new(),
        image: None,
        is_timely: false,
        is_quiet: false,
    };
    let notifier = app.state::<Shell>().notifier().clone();
    if notifier.show(notification).await.is_err() {
        app.dialog()
            .message(body)
            .title(title)
            .kind(MessageDialogKind::Warning)
            .show(|_| {});
    }
}

/// The words of the language in use.
async fn words(app: &AppHandle) -> Words {
    let core = app.state::<Shell>().core().await;
    match core.call(Request::Status).await {
        Ok(Response::Status(status)) => Words::for_locale(&status.locale),
        _ => Words::for_locale(&parts::locale()),
    }
}

/// A problem in the person's language where the catalogue has it, as pages say it.
fn said(words: &Words, problem: &Problem) -> String {
    let key = format!("ui-problem-{}", problem.code.replace('_', "-"));
    if words.has(&key) {
        words.say(&key, &[])
    } else {
        problem.detail.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_is_told_in_the_persons_language_where_the_catalogue_has_it() {
        let taken = Problem::new("shortcut_taken", "in English");
        assert_ne!(said(&Words::for_locale("de"), &taken), "in English");
        let rare = Problem::new("never_heard_of", "The kettle fell over.");
        assert_eq!(said(&Words::for_locale("de"), &rare), "The kettle fell over.");
    }
}
