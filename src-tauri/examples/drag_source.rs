//! For tests: a small window that files can be dragged from, as a file manager has them.

#[cfg(target_os = "linux")]
fn main() {
    use gtk::gdk::{DragAction, ModifierType};
    use gtk::prelude::*;
    use gtk::{TargetEntry, TargetFlags, Window, WindowType};

    let file = std::env::args_os().nth(1).expect("the file to drag is the argument");
    let uri = format!("file://{}", file.to_string_lossy());
    gtk::init().expect("there is a display");
    let window = Window::new(WindowType::Toplevel);
    window.set_title("Files");
    window.set_decorated(false);
    window.set_keep_above(true);
    window.set_default_size(100, 100);
    window.move_(0, 100);
    window.drag_source_set(
        ModifierType::BUTTON1_MASK,
        &[TargetEntry::new("text/uri-list", TargetFlags::OTHER_APP, 0)],
        DragAction::COPY,
    );
    window.connect_drag_data_get(move |_, _, data, _, _| {
        data.set_uris(&[&uri]);
    });
    window.show_all();
    gtk::main();
}

#[cfg(not(target_os = "linux"))]
fn main() {}
