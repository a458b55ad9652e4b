//! Prepares what Tauri embeds. A checkout whose UI was not built yet still compiles: it gets a page that says so.

use std::error::Error;
use std::path::Path;

const PLACEHOLDER: &str = "<!doctype html><meta charset=\"utf-8\"><title>Samovar</title>\
<p>The screens of this Samovar were not built. Run <code>cargo xtask run</code>, which builds them.</p>\n";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=tauri.conf.json");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=ui/dist");
    let page = Path::new("ui/dist/index.html");
    if !page.exists() {
        std::fs::create_dir_all("ui/dist")?;
        std::fs::write(page, PLACEHOLDER)?;
        println!("cargo:warning=ui/dist is missing: a placeholder page was put there");
    }
    tauri_build::try_build(tauri_build::Attributes::new().capabilities_path_pattern("src-tauri/capabilities/**/*"))?;
    Ok(())
}
