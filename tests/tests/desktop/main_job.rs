//! The main job, as the tour tells it.

use std::io;

use samovar_tests::report::Report;
use samovar_tests::story;

#[tokio::test]
async fn two_desktops_and_one_endpoint_do_the_main_job() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut report = Report::into(folder.path(), story::STEPS)?;
    story::tell(&mut report).await?;
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(report.file("report.json"))?)?;
    let steps = report["steps"].as_array().expect("the report lists the steps");
    assert_eq!(steps.len(), story::STEPS);
    assert!(steps.iter().all(|step| step["ok"] == true));
    assert!(report["share_to_notified_ms"].is_u64());
    Ok(())
}
