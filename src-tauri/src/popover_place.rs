//! Where the popover goes: beside where the tray was clicked, else into the corner of the screen where trays usually are.

use tauri::{AppHandle, Monitor, PhysicalPosition, PhysicalRect};

/// Between the popover and the edge of the work area, in logical pixels.
const MARGIN: f64 = 8.0;

/// The top left corner for a popover of this logical size; `None` when no screen is known.
pub(crate) fn place(
    app: &AppHandle,
    size: (f64, f64),
    clicked: Option<PhysicalPosition<f64>>,
) -> Option<PhysicalPosition<i32>> {
    let of_click = clicked.and_then(|at| app.monitor_from_point(at.x, at.y).ok().flatten());
    let monitor: Monitor = of_click.or_else(|| app.primary_monitor().ok().flatten()).or_else(|| {
        app.available_monitors()
            .ok()
            .and_then(|monitors| monitors.into_iter().next())
    })?;
    let scale = monitor.scale_factor();
    let size = (size.0 * scale, size.1 * scale);
    Some(within(monitor.work_area(), size, MARGIN * scale, clicked))
}

fn within(
    area: &PhysicalRect<i32, u32>,
    (width, height): (f64, f64),
    margin: f64,
    clicked: Option<PhysicalPosition<f64>>,
) -> PhysicalPosition<i32> {
    let left = f64::from(area.position.x) + margin;
    let top = f64::from(area.position.y) + margin;
    let right = (f64::from(area.position.x) + f64::from(area.size.width) - width - margin).max(left);
    let bottom = (f64::from(area.position.y) + f64::from(area.size.height) - height - margin).max(top);
    let (x, y) = match clicked {
        Some(at) => {
            let is_upper_half = at.y < f64::from(area.position.y) + f64::from(area.size.height) / 2.0;
            (
                at.x - width / 2.0,
                if is_upper_half {
                    at.y + margin
                } else {
                    at.y - height - margin
                },
            )
        }
        // Windows and KDE have the tray at the bottom, macOS and GNOME at the top; all at the right.
        None if cfg!(windows) => (right, bottom),
        None => (right, top),
    };
    PhysicalPosition::new(x.clamp(left, right).round() as i32, y.clamp(top, bottom).round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tauri::PhysicalSize;

    fn check(clicked: Option<(f64, f64)>, expected: (i32, i32)) {
        let area = PhysicalRect {
            position: PhysicalPosition::new(0, 30),
            size: PhysicalSize::new(1920, 1050),
        };
        let clicked = clicked.map(|(x, y)| PhysicalPosition::new(x, y));
        assert_eq!(
            within(&area, (380.0, 560.0), 8.0, clicked),
            PhysicalPosition::new(expected.0, expected.1),
            "{clicked:?}"
        );
    }

    #[test]
    fn it_stands_by_the_click_and_never_leaves_the_screen() {
        check(Some((1000.0, 10.0)), (810, 38));
        check(Some((1000.0, 1070.0)), (810, 502));
        check(Some((1915.0, 10.0)), (1532, 38));
        check(Some((-50.0, 5000.0)), (8, 512));
    }

    #[test]
    fn a_screen_smaller_than_the_popover_shows_its_top() {
        let area = PhysicalRect {
            position: PhysicalPosition::new(0, 0),
            size: PhysicalSize::new(300, 200),
        };
        assert_eq!(within(&area, (380.0, 560.0), 8.0, None), PhysicalPosition::new(8, 8));
    }
}
