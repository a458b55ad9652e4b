//! Renders scenes that are given as distance fields: sun, sky, soft shadows, a lens and a little grain.

use crate::vector::{V, hash};

/// What a surface is made of.
#[derive(Clone, Copy)]
pub(crate) struct Matter {
    pub(crate) colour: V,
    /// From 0, matt, to 1, polished.
    pub(crate) shine: f32,
    /// From 0 to 1: how much of what is seen is a mirror image of the surroundings.
    pub(crate) mirror: f32,
    /// Light of its own.
    pub(crate) glow: f32,
}

pub(crate) const fn matt(colour: V) -> Matter {
    Matter {
        colour,
        shine: 0.05,
        mirror: 0.0,
        glow: 0.0,
    }
}

/// A thing to take a picture of.
pub(crate) trait Scene: Sync {
    /// The distance to the nearest surface (or less), and which surface that is.
    fn distance(&self, at: V) -> (f32, u8);
    /// What the surface is made of there.
    fn matter(&self, surface: u8, at: V, normal: V) -> Matter;
    /// What is seen where nothing is.
    fn sky(&self, direction: V) -> V;
    /// Where the light comes from.
    fn sun(&self) -> V;
    fn sunlight(&self) -> V;
    fn ambient(&self) -> V;
    fn camera(&self) -> Camera;
    /// The farthest that anything is.
    fn reach(&self) -> f32 {
        40.0
    }
    /// How far what is `distance` away fades into the sky, from 0 to 1.
    fn haze(&self, _distance: f32) -> f32 {
        0.0
    }
}

pub(crate) struct Camera {
    pub(crate) from: V,
    pub(crate) to: V,
    /// The larger, the narrower.
    pub(crate) zoom: f32,
    /// The radius of the lens; what is not as far as `to` blurs with it.
    pub(crate) lens: f32,
}

const SAMPLES: u32 = 9;

/// Eight-bit RGB, rows from the top.
pub(crate) fn render(scene: &dyn Scene, width: u32, height: u32) -> Vec<u8> {
    let parts = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|part| scope.spawn(move || rows(scene, width, height, height * part / 4..height * (part + 1) / 4)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("rendering does not panic"))
            .collect::<Vec<_>>()
    });
    parts.concat()
}

fn rows(scene: &dyn Scene, width: u32, height: u32, range: std::ops::Range<u32>) -> Vec<u8> {
    let camera = scene.camera();
    let forward = (camera.to - camera.from).unit();
    let right = V(0.0, 1.0, 0.0).cross(forward).unit();
    let up = forward.cross(right);
    let focus = (camera.to - camera.from).length();
    let mut pixels = Vec::new();
    for y in range {
        for x in 0..width {
            let mut sum = V(0.0, 0.0, 0.0);
            for sample in 0..SAMPLES {
                let random = |salt: i32| hash((y * width + x) as i32, sample as i32, salt);
                let across = (x as f32 + random(1)) / height as f32 * 2.0 - width as f32 / height as f32;
                let upward = 1.0 - (y as f32 + random(2)) / height as f32 * 2.0;
                let target =
                    camera.from + (forward * camera.zoom + right * across + up * upward) * (focus / camera.zoom);
                let (angle, radius) = (random(3) * std::f32::consts::TAU, random(4).sqrt() * camera.lens);
                let origin = camera.from + right * (angle.cos() * radius) + up * (angle.sin() * radius);
                let seen = look(scene, origin, (target - origin).unit(), 1);
                sum = sum + V(seen.0.min(4.0), seen.1.min(4.0), seen.2.min(4.0));
            }
            let (u, v) = (x as f32 / width as f32 - 0.5, y as f32 / height as f32 - 0.5);
            let vignette = 1.0 - 0.45 * (u * u + v * v);
            let light = sum * (vignette / SAMPLES as f32);
            let grain = (hash(x as i32, y as i32, 77) + hash(x as i32, y as i32, 78) - 1.0) * 0.012;
            for channel in [light.0, light.1, light.2] {
                // A film's curve: darks deepen a little, lights never break off.
                let exposed = (channel * (2.51 * channel + 0.03)) / (channel * (2.43 * channel + 0.59) + 0.14);
                pixels.push(((exposed.clamp(0.0, 1.0).powf(1.0 / 2.2) + grain).clamp(0.0, 1.0) * 255.0) as u8);
            }
        }
    }
    pixels
}

fn look(scene: &dyn Scene, origin: V, direction: V, bounces: u32) -> V {
    let Some((distance, surface)) = march(scene, origin, direction) else {
        return scene.sky(direction);
    };
    let at = origin + direction * distance;
    let normal = normal(scene, at, 0.0006 * distance.max(1.0));
    let matter = scene.matter(surface, at, normal);
    let sun = scene.sun();
    let facing = normal.dot(sun).max(0.0);
    let shadow = if facing > 0.0 {
        lit(scene, at + normal * (0.004 * distance.max(0.5)), sun)
    } else {
        0.0
    };
    let open = openness(scene, at, normal);
    let bounce = (0.6 - 0.4 * normal.1).max(0.0) * 0.25;
    let mut colour = matter.colour
        * (scene.sunlight() * (facing * shadow) + scene.ambient() * (open * (0.6 + 0.4 * normal.1 + bounce)));
    let halfway = (sun - direction).unit();
    let gloss = normal.dot(halfway).max(0.0).powf(8.0 + 120.0 * matter.shine) * matter.shine * shadow;
    colour = colour + scene.sunlight() * gloss + matter.colour * matter.glow;
    if bounces > 0 && matter.mirror > 0.0 {
        let grazing = (1.0 + direction.dot(normal)).clamp(0.0, 1.0).powi(4);
        let reflected = direction - normal * (2.0 * direction.dot(normal));
        let image = look(scene, at + normal * 0.01, reflected, bounces - 1);
        let tint = V(1.0, 1.0, 1.0).mix(matter.colour, matter.mirror * 0.6);
        colour = colour.mix(image * tint, matter.mirror * (0.35 + 0.65 * grazing));
    }
    colour.mix(scene.sky(direction), scene.haze(distance))
}

fn march(scene: &dyn Scene, origin: V, direction: V) -> Option<(f32, u8)> {
    let mut travelled = 0.01;
    for _ in 0..260 {
        let (distance, surface) = scene.distance(origin + direction * travelled);
        if distance < 0.0005 * travelled.max(0.5) {
            return Some((travelled, surface));
        }
        travelled += distance * 0.85;
        if travelled > scene.reach() {
            return None;
        }
    }
    None
}

fn normal(scene: &dyn Scene, at: V, step: f32) -> V {
    let along = |offset: V| scene.distance(at + offset).0 - scene.distance(at - offset).0;
    V(
        along(V(step, 0.0, 0.0)),
        along(V(0.0, step, 0.0)),
        along(V(0.0, 0.0, step)),
    )
    .unit()
}

/// How much of the sun is seen from a place.
fn lit(scene: &dyn Scene, from: V, sun: V) -> f32 {
    let (mut travelled, mut light) = (0.02, 1.0_f32);
    for _ in 0..60 {
        let distance = scene.distance(from + sun * travelled).0;
        light = light.min(10.0 * distance / travelled);
        if light < 0.01 {
            return 0.0;
        }
        travelled += distance.max(0.01);
        if travelled > scene.reach() * 0.6 {
            break;
        }
    }
    light.clamp(0.0, 1.0)
}

/// How open the surroundings of a place are.
fn openness(scene: &dyn Scene, at: V, normal: V) -> f32 {
    let (mut closed, mut weight) = (0.0, 1.0);
    for step in 1_u8..=5 {
        let away = 0.09 * f32::from(step);
        closed += (away - scene.distance(at + normal * away).0).max(0.0) * weight;
        weight *= 0.75;
    }
    (1.0 - 1.3 * closed).clamp(0.1, 1.0)
}

/// The shapes that scenes are made of: distances to surfaces.
pub(crate) mod shape {
    use crate::vector::V;

    pub(crate) fn ball(at: V, radius: f32) -> f32 {
        at.length() - radius
    }

    pub(crate) fn egg(at: V, radii: V) -> f32 {
        let scaled = V(at.0 / radii.0, at.1 / radii.1, at.2 / radii.2);
        let squared = V(
            at.0 / (radii.0 * radii.0),
            at.1 / (radii.1 * radii.1),
            at.2 / (radii.2 * radii.2),
        );
        let length = scaled.length();
        if length < 1e-4 {
            -radii.0.min(radii.1).min(radii.2)
        } else {
            length * (length - 1.0) / squared.length()
        }
    }

    pub(crate) fn brick(at: V, half: V, rounding: f32) -> f32 {
        let beyond = V(
            at.0.abs() - half.0 + rounding,
            at.1.abs() - half.1 + rounding,
            at.2.abs() - half.2 + rounding,
        );
        let outside = V(beyond.0.max(0.0), beyond.1.max(0.0), beyond.2.max(0.0)).length();
        outside + beyond.0.max(beyond.1).max(beyond.2).min(0.0) - rounding
    }

    /// A rod with round ends that may be of different thickness.
    pub(crate) fn rod(at: V, from: V, to: V, thick: f32, thin: f32) -> f32 {
        let (along, whole) = (at - from, to - from);
        let share = (along.dot(whole) / whole.dot(whole)).clamp(0.0, 1.0);
        (along - whole * share).length() - (thick + (thin - thick) * share)
    }

    /// A standing cylinder whose radius may change towards the top.
    pub(crate) fn drum(at: V, bottom: f32, top: f32, half_height: f32, rounding: f32) -> f32 {
        let share = (at.1 / half_height * 0.5 + 0.5).clamp(0.0, 1.0);
        let radius = bottom + (top - bottom) * share;
        let (out, over) = (
            at.0.hypot(at.2) - radius + rounding,
            at.1.abs() - half_height + rounding,
        );
        (out.max(0.0).hypot(over.max(0.0)) + out.max(over).min(0.0) - rounding) * 0.9
    }

    /// A ring that lies flat.
    pub(crate) fn ring(at: V, radius: f32, thickness: f32) -> f32 {
        (at.0.hypot(at.2) - radius).hypot(at.1) - thickness
    }

    /// Two shapes as one, with the seam filled.
    pub(crate) fn melt(one: f32, other: f32, seam: f32) -> f32 {
        let share = (seam - (one - other).abs()).max(0.0) / seam;
        one.min(other) - share * share * seam * 0.25
    }
}
