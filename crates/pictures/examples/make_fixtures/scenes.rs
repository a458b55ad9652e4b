//! Four places from which people might share a picture.

use crate::march::shape::{ball, brick, drum, egg, melt, ring, rod};
use crate::march::{Camera, Matter, Scene, matt};
use crate::vector::{V, clouds, noise, smooth_step, srgb};

/// The nearer of two surfaces.
fn nearer(one: (f32, u8), other: (f32, u8)) -> (f32, u8) {
    if other.0 < one.0 { other } else { one }
}

fn wood(at: V, dark: V, light: V) -> V {
    let board = (at.2 / 0.62).floor();
    let grain = clouds(V(at.0 * 1.1 + board * 3.7, board, at.2 * 16.0), 4);
    let seam = smooth_step(0.0, 0.02, (at.2 / 0.62 - board).min(1.0 - (at.2 / 0.62 - board)));
    dark.mix(light, grain * 1.3 - 0.15 + (board * 1.7).sin() * 0.1) * (0.45 + 0.55 * seam)
}

/// A loaf on a board, a mug, and the samovar.
pub(crate) struct Kitchen;

impl Scene for Kitchen {
    fn distance(&self, at: V) -> (f32, u8) {
        let mut nearest = (at.1, 0);
        nearest = nearer(nearest, (2.6 - at.2, 1));
        nearest = nearer(nearest, (brick(at - V(-0.55, 0.05, 0.1), V(1.05, 0.05, 0.62), 0.04), 2));
        // The loaf, with three cuts across its back.
        let loaf = (at - V(-0.62, 0.36, 0.1)).turned(-0.25);
        let cuts: f32 = [-0.42_f32, 0.0, 0.42]
            .iter()
            .map(|&x| {
                let off = (loaf.0 - x - loaf.2 * 0.55).abs();
                0.05 * smooth_step(0.1, 0.0, off) * smooth_step(0.05, 0.3, loaf.1)
            })
            .sum();
        let crust = (clouds(loaf * 6.0, 3) - 0.5) * 0.03;
        nearest = nearer(nearest, ((egg(loaf, V(0.82, 0.33, 0.42)) + cuts + crust) * 0.8, 3));
        // The mug.
        let mug = at - V(0.62, 0.23, -0.62);
        let wall = drum(mug, 0.185, 0.21, 0.23, 0.02).max(-drum(mug - V(0.0, 0.06, 0.0), 0.16, 0.185, 0.23, 0.02));
        let handle = ring(
            (mug - V(0.22, 0.0, 0.0)).tilted(std::f32::consts::FRAC_PI_2),
            0.11,
            0.03,
        );
        nearest = nearer(nearest, (melt(wall, handle.max(-(mug.0 - 0.17)), 0.03), 4));
        nearest = nearer(nearest, (drum(mug - V(0.0, 0.02, 0.0), 0.165, 0.175, 0.12, 0.01), 5));
        // The samovar: foot, belly, neck, crown, tap and handles.
        let brass = at - V(1.28, 0.0, 0.75);
        let mut body = drum(brass - V(0.0, 0.05, 0.0), 0.4, 0.36, 0.05, 0.03);
        body = melt(body, drum(brass - V(0.0, 0.18, 0.0), 0.2, 0.14, 0.12, 0.02), 0.12);
        body = melt(body, egg(brass - V(0.0, 0.78, 0.0), V(0.5, 0.52, 0.5)), 0.12);
        body = melt(body, drum(brass - V(0.0, 1.28, 0.0), 0.3, 0.36, 0.08, 0.03), 0.08);
        body = melt(body, drum(brass - V(0.0, 1.46, 0.0), 0.2, 0.24, 0.12, 0.03), 0.05);
        body =
            body.min(ring(brass - V(0.0, 0.98, 0.0), 0.475, 0.018))
                .min(ring(brass - V(0.0, 0.55, 0.0), 0.465, 0.018));
        let tap = brass.turned(0.5);
        body = melt(
            body,
            rod(tap, V(0.0, 0.5, -0.4), V(0.0, 0.47, -0.72), 0.05, 0.035),
            0.05,
        );
        body = body.min(rod(tap, V(0.0, 0.47, -0.7), V(0.0, 0.38, -0.74), 0.035, 0.03));
        body = body.min(rod(tap, V(0.0, 0.5, -0.62), V(0.0, 0.66, -0.62), 0.02, 0.03));
        let side = V(brass.0.abs(), brass.1, brass.2);
        body = melt(
            body,
            ring(
                (side - V(0.52, 0.86, 0.0)).tilted(std::f32::consts::FRAC_PI_2),
                0.12,
                0.028,
            ),
            0.03,
        );
        nearest = nearer(nearest, (body, 6));
        let pot = at - V(1.28, 1.72, 0.75);
        let teapot = melt(egg(pot, V(0.25, 0.17, 0.25)), ball(pot - V(0.0, 0.2, 0.0), 0.045), 0.05);
        nearer(
            nearest,
            (
                melt(
                    teapot,
                    rod(pot.turned(0.4), V(-0.2, 0.0, 0.0), V(-0.38, 0.13, 0.0), 0.05, 0.03),
                    0.05,
                ),
                7,
            ),
        )
    }

    fn matter(&self, surface: u8, at: V, normal: V) -> Matter {
        match surface {
            0 => Matter {
                shine: 0.12,
                mirror: 0.12,
                ..matt(wood(at, srgb(96, 58, 34), srgb(178, 120, 74)))
            },
            1 => {
                let tile = V(at.0 / 0.62, at.1 / 0.31, 0.0);
                let shift = if tile.1.floor() as i32 % 2 == 0 { 0.0 } else { 0.5 };
                let edge = |value: f32| (value - value.floor()).min(value.ceil() - value);
                let joint =
                    smooth_step(0.02, 0.05, edge(tile.0 + shift) * 2.0).min(smooth_step(0.02, 0.05, edge(tile.1)));
                let glaze = srgb(206, 220, 214).mix(
                    srgb(188, 208, 204),
                    noise(V((tile.0 + shift).floor() * 3.3, tile.1.floor() * 5.1, 0.0)),
                );
                Matter {
                    shine: 0.5,
                    ..matt(srgb(160, 158, 150).mix(glaze, joint))
                }
            }
            2 => matt(wood(V(at.2, at.1, at.0), srgb(150, 98, 56), srgb(206, 158, 104))),
            3 => {
                let baked = clouds(at * 5.0, 4);
                let crust = srgb(122, 62, 24).mix(srgb(206, 138, 66), baked * 1.2 - 0.1);
                let flour = smooth_step(0.52, 0.75, clouds(at * 11.0, 3)) * smooth_step(0.2, 0.8, normal.1);
                Matter {
                    shine: 0.1,
                    ..matt(crust.mix(srgb(240, 228, 208), flour * 0.8))
                }
            }
            4 => Matter {
                shine: 0.7,
                mirror: 0.1,
                ..matt(if at.1 < 0.14 {
                    srgb(186, 120, 88)
                } else {
                    srgb(52, 98, 128)
                })
            },
            5 => Matter {
                shine: 0.8,
                mirror: 0.2,
                ..matt(srgb(92, 36, 12))
            },
            7 => Matter {
                shine: 0.8,
                mirror: 0.12,
                ..matt(srgb(236, 230, 218))
            },
            _ => Matter {
                shine: 0.8,
                mirror: 0.75,
                ..matt(srgb(214, 158, 74))
            },
        }
    }

    fn sky(&self, direction: V) -> V {
        // A window on the left, a warm room elsewhere.
        let window = smooth_step(-0.4, -0.6, direction.0)
            * smooth_step(0.0, 0.1, direction.1)
            * smooth_step(0.8, 0.6, direction.1);
        srgb(120, 104, 88).mix(V(2.6, 2.7, 2.9), window)
    }

    fn sun(&self) -> V {
        V(-0.75, 0.75, -0.45).unit()
    }

    fn sunlight(&self) -> V {
        V(1.55, 1.36, 1.1)
    }

    fn ambient(&self) -> V {
        V(0.5, 0.5, 0.54)
    }

    fn camera(&self) -> Camera {
        Camera {
            from: V(0.1, 1.35, -3.6),
            to: V(0.3, 0.66, 0.1),
            zoom: 2.5,
            lens: 0.035,
        }
    }
}

/// A dog that looks out over hills.
pub(crate) struct Dog;

impl Dog {
    fn ground(at: V) -> f32 {
        let hill = 0.55 - 0.045 * (at.0 * at.0 + (at.2 - 0.3) * (at.2 - 0.3));
        let far = 1.6 * clouds(V(at.0 * 0.12, 0.0, at.2 * 0.12), 3) * smooth_step(6.0, 20.0, at.2) * 2.4;
        hill.max(-2.6) + far
    }
}

impl Scene for Dog {
    fn distance(&self, at: V) -> (f32, u8) {
        let near = (at.0 * at.0 + at.2 * at.2).sqrt();
        let blades = if near < 7.0 && (at.1 - Self::ground(at)).abs() < 0.5 {
            (noise(V(at.0 * 34.0, at.1 * 4.0, at.2 * 34.0)) * 0.6 + noise(at * 9.0) * 0.4) * 0.09
        } else {
            0.0
        };
        let nearest = ((at.1 - Self::ground(at) - blades) * 0.6, 0);
        let dog = (at - V(0.15, 0.5, 0.2)).turned(-0.55);
        if dog.length() > 2.2 {
            return nearer(nearest, (dog.length() - 1.6, 1));
        }
        // Sitting, seen from the side, nose to the right.
        let mut body = rod(dog, V(-0.32, 0.28, 0.0), V(0.12, 0.78, 0.0), 0.27, 0.2);
        body = melt(body, egg(dog - V(0.1, 0.68, 0.0), V(0.2, 0.26, 0.19)), 0.12);
        body = melt(body, rod(dog, V(0.12, 0.84, 0.0), V(0.22, 1.08, 0.0), 0.15, 0.13), 0.1);
        body = melt(body, ball(dog - V(0.26, 1.2, 0.0), 0.165), 0.08);
        body = melt(
            body,
            rod(dog, V(0.34, 1.16, 0.0), V(0.54, 1.1, 0.0), 0.095, 0.065),
            0.06,
        );
        let paired = V(dog.0, dog.1, dog.2.abs());
        body = melt(
            body,
            rod(paired, V(0.16, 0.62, 0.12), V(0.24, 0.06, 0.13), 0.085, 0.06),
            0.06,
        );
        body = melt(
            body,
            rod(paired, V(0.22, 0.06, 0.13), V(0.34, 0.04, 0.13), 0.06, 0.05),
            0.04,
        );
        body = melt(body, egg(paired - V(-0.26, 0.2, 0.17), V(0.24, 0.21, 0.13)), 0.06);
        body = melt(
            body,
            rod(paired, V(-0.2, 0.06, 0.2), V(0.06, 0.04, 0.2), 0.07, 0.055),
            0.05,
        );
        body = melt(
            body,
            rod(dog, V(-0.52, 0.14, 0.0), V(-0.86, 0.12, 0.18), 0.075, 0.04),
            0.07,
        );
        body = melt(
            body,
            rod(dog, V(-0.86, 0.12, 0.18), V(-1.02, 0.22, 0.28), 0.04, 0.02),
            0.05,
        );
        let fur = (noise(V(dog.0 * 40.0, dog.1 * 18.0, dog.2 * 40.0)) - 0.5) * 0.016;
        let ear = egg(
            (paired - V(0.18, 1.19, 0.165)).rolled(-0.35).tilted(-0.3),
            V(0.075, 0.15, 0.032),
        );
        let collar = ring((dog - V(0.175, 0.97, 0.0)).rolled(0.42), 0.145, 0.024);
        let nose = egg(dog - V(0.605, 1.115, 0.0), V(0.035, 0.03, 0.04));
        let eye = ball(paired - V(0.385, 1.245, 0.085), 0.026);
        let mut nearest = nearer(nearest, (body + fur, 1));
        nearest = nearer(nearest, (ear + fur * 0.5, 2));
        nearest = nearer(nearest, (collar, 3));
        nearer(nearest, (nose.min(eye), 4))
    }

    fn matter(&self, surface: u8, at: V, _normal: V) -> Matter {
        match surface {
            0 => {
                let dry = clouds(V(at.0 * 1.4, 0.0, at.2 * 1.4), 4);
                let grass = srgb(62, 92, 28).mix(srgb(146, 150, 58), dry * 1.3 - 0.1);
                let blade = noise(V(at.0 * 34.0, at.1 * 4.0, at.2 * 34.0));
                let flower = noise(V(at.0 * 9.0 + 40.0, 0.0, at.2 * 9.0));
                let petals = if flower > 0.9 && blade > 0.55 && at.2 < 6.0 {
                    0.85
                } else {
                    0.0
                };
                matt((grass * (0.5 + 0.8 * blade)).mix(srgb(246, 226, 110), petals))
            }
            1 => {
                let dog = (at - V(0.15, 0.5, 0.2)).turned(-0.55);
                let coat = srgb(178, 112, 56).mix(srgb(140, 80, 38), clouds(dog * 4.0, 3));
                let chest = smooth_step(0.14, 0.26, dog.0 - (dog.1 - 0.7).abs() * 0.25) * smooth_step(0.98, 0.8, dog.1);
                let muzzle = smooth_step(0.4, 0.48, dog.0) * smooth_step(0.9, 1.0, dog.1);
                let blaze = smooth_step(0.05, 0.025, dog.2.abs())
                    * smooth_step(0.26, 0.34, dog.0)
                    * smooth_step(1.1, 1.2, dog.1);
                let paw = smooth_step(0.16, 0.08, dog.1) * smooth_step(-0.1, 0.0, dog.0);
                Matter {
                    shine: 0.12,
                    ..matt(coat.mix(srgb(240, 230, 214), chest.max(muzzle).max(blaze).max(paw)))
                }
            }
            2 => Matter {
                shine: 0.1,
                ..matt(srgb(104, 58, 28))
            },
            3 => Matter {
                shine: 0.4,
                ..matt(srgb(190, 44, 40))
            },
            _ => Matter {
                shine: 0.9,
                mirror: 0.15,
                ..matt(srgb(22, 18, 16))
            },
        }
    }

    fn sky(&self, direction: V) -> V {
        let up = direction.1.max(0.0);
        let clear = V(1.05, 0.86, 0.66).mix(V(0.22, 0.42, 0.85), (up * 2.6).powf(0.6));
        let place = V(direction.0 / (up + 0.22) * 1.3, 0.0, direction.2 / (up + 0.22) * 1.3);
        let cloud = smooth_step(0.5, 0.78, clouds(place * 1.8, 5)) * smooth_step(0.02, 0.2, direction.1);
        clear.mix(V(1.25, 1.12, 1.0), cloud * 0.85)
    }

    fn sun(&self) -> V {
        V(0.75, 0.42, -0.5).unit()
    }

    fn sunlight(&self) -> V {
        V(1.9, 1.5, 1.05)
    }

    fn ambient(&self) -> V {
        V(0.36, 0.42, 0.55)
    }

    fn camera(&self) -> Camera {
        Camera {
            from: V(-0.5, 1.25, -4.2),
            to: V(0.05, 1.12, 0.2),
            zoom: 2.9,
            lens: 0.05,
        }
    }

    fn reach(&self) -> f32 {
        60.0
    }

    fn haze(&self, distance: f32) -> f32 {
        1.0 - (-(distance - 5.0).max(0.0) * 0.035).exp()
    }
}

/// A desk by a window: a laptop, a plant, a notebook.
pub(crate) struct Desk;

impl Desk {
    fn laptop(at: V) -> V {
        (at - V(-0.45, 0.0, 0.25)).turned(0.22)
    }
}

impl Scene for Desk {
    fn distance(&self, at: V) -> (f32, u8) {
        let mut nearest = nearer((at.1, 0), (2.2 - at.2, 1));
        let laptop = Self::laptop(at);
        let lid = (laptop - V(0.0, 0.06, 0.38)).tilted(0.3) - V(0.0, 0.46, 0.0);
        let shell = brick(laptop - V(0.0, 0.03, -0.08), V(0.72, 0.028, 0.46), 0.025).min(brick(
            lid,
            V(0.72, 0.47, 0.022),
            0.02,
        ));
        nearest = nearer(nearest, (shell, 2));
        nearest = nearer(
            nearest,
            (brick(lid - V(0.0, 0.01, -0.018), V(0.67, 0.41, 0.008), 0.005), 3),
        );
        let key = V(
            laptop.0 - (laptop.0 / 0.095).round() * 0.095,
            laptop.1 - 0.058,
            laptop.2 - 0.1 - ((laptop.2 - 0.1) / 0.095).round() * 0.095,
        );
        let keys =
            brick(key, V(0.04, 0.012, 0.04), 0.008).max(brick(laptop - V(0.0, 0.05, 0.1), V(0.62, 0.1, 0.235), 0.01));
        nearest = nearer(nearest, (keys * 0.8, 4));
        // A plant in a clay pot.
        let plant = at - V(0.95, 0.0, 0.55);
        let pot = melt(
            drum(plant - V(0.0, 0.2, 0.0), 0.18, 0.26, 0.2, 0.02),
            drum(plant - V(0.0, 0.38, 0.0), 0.28, 0.29, 0.05, 0.02),
            0.02,
        );
        nearest = nearer(
            nearest,
            (pot.max(-drum(plant - V(0.0, 0.5, 0.0), 0.24, 0.25, 0.1, 0.01)), 5),
        );
        if plant.0.hypot(plant.2) < 1.2 {
            for leaf in 0_u8..13 {
                let number = f32::from(leaf);
                let (angle, lean) = (number * 2.399, 0.25 + 0.055 * number);
                let stem = plant - V(0.0, 0.4, 0.0);
                let leaning = stem.turned(angle).rolled(lean);
                let high = 0.78 - 0.028 * number;
                nearest = nearer(
                    nearest,
                    (rod(leaning, V(0.0, 0.0, 0.0), V(0.0, high, 0.0), 0.014, 0.008), 6),
                );
                let blade = (leaning - V(0.02, high + 0.16, 0.0)).rolled(0.35);
                let bent = V(
                    blade.0 + blade.1 * blade.1 * 0.9 + blade.2.abs() * 0.25,
                    blade.1,
                    blade.2,
                );
                nearest = nearer(nearest, (egg(bent, V(0.014, 0.23, 0.11)) * 0.6, 7));
            }
        } else {
            nearest = nearer(nearest, (plant.0.hypot(plant.2) - 1.0, 6));
        }
        // A notebook with a pencil, and a cup.
        let book = (at - V(0.66, 0.0, -0.62)).turned(-0.3);
        nearest = nearer(nearest, (brick(book - V(0.0, 0.03, 0.0), V(0.3, 0.03, 0.4), 0.012), 8));
        nearest = nearer(
            nearest,
            (rod(book, V(-0.12, 0.085, -0.24), V(0.16, 0.085, 0.26), 0.022, 0.022), 9),
        );
        let cup = at - V(-1.42, 0.17, -0.35);
        let wall = drum(cup, 0.15, 0.17, 0.17, 0.02).max(-drum(cup - V(0.0, 0.05, 0.0), 0.13, 0.15, 0.17, 0.02));
        let handle = ring(
            (cup - V(0.18, 0.0, 0.0)).tilted(std::f32::consts::FRAC_PI_2),
            0.085,
            0.022,
        )
        .max(-(cup.0 - 0.14));
        nearer(nearest, (melt(wall, handle, 0.02), 10))
    }

    fn matter(&self, surface: u8, at: V, normal: V) -> Matter {
        match surface {
            0 => Matter {
                shine: 0.15,
                mirror: 0.1,
                ..matt(wood(at, srgb(176, 130, 84), srgb(226, 188, 140)))
            },
            1 => {
                let plaster = 0.94 + 0.06 * clouds(at * 7.0, 3);
                matt(srgb(214, 208, 196) * plaster)
            }
            2 => Matter {
                shine: 0.6,
                mirror: 0.15,
                ..matt(srgb(176, 178, 182))
            },
            3 => {
                // A page with a photo and some lines.
                let lid = (Self::laptop(at) - V(0.0, 0.06, 0.38)).tilted(0.3) - V(0.0, 0.46, 0.0);
                let (x, y) = (lid.0 / 0.67, lid.1 / 0.41);
                let page = srgb(246, 242, 234);
                let colour = if y > 0.84 {
                    srgb(58, 84, 96)
                } else if (-0.85..-0.1).contains(&x) && (-0.5..0.65).contains(&y) {
                    let slope = (x * 9.0).sin() * 0.12 + (x * 21.0).sin() * 0.05 - 0.05;
                    if y < slope {
                        srgb(70, 110, 84)
                    } else {
                        srgb(238, 178, 120).mix(srgb(126, 170, 206), y + 0.3)
                    }
                } else if x > 0.05
                    && x < 0.2 + 0.6 * noise(V(0.0, (y * 6.0).floor() * 7.3, 2.0))
                    && (y * 6.0 - (y * 6.0).floor()) < 0.4
                    && y.abs() < 0.68
                {
                    srgb(120, 116, 110)
                } else {
                    page
                };
                Matter {
                    glow: 0.75,
                    shine: 0.6,
                    ..matt(colour * 0.9)
                }
            }
            4 => Matter {
                shine: 0.2,
                ..matt(srgb(44, 46, 50))
            },
            5 => matt(srgb(186, 98, 62) * (0.9 + 0.15 * clouds(at * 8.0, 3))),
            6 => matt(srgb(90, 128, 58)),
            7 => {
                let leaf = srgb(40, 98, 44).mix(srgb(104, 158, 66), clouds(at * 4.0, 3) + normal.1 * 0.2 - 0.2);
                Matter {
                    shine: 0.35,
                    ..matt(leaf)
                }
            }
            8 => matt(if at.1 > 0.045 {
                srgb(38, 66, 92)
            } else {
                srgb(240, 234, 222)
            }),
            9 => Matter {
                shine: 0.4,
                ..matt(srgb(232, 176, 52))
            },
            _ => Matter {
                shine: 0.7,
                mirror: 0.1,
                ..matt(srgb(238, 234, 226))
            },
        }
    }

    fn sky(&self, direction: V) -> V {
        let window = smooth_step(0.5, 0.7, direction.0) * smooth_step(0.0, 0.2, direction.1);
        srgb(170, 164, 156).mix(V(2.4, 2.5, 2.7), window)
    }

    fn sun(&self) -> V {
        V(0.62, 0.72, -0.5).unit()
    }

    fn sunlight(&self) -> V {
        V(1.25, 1.15, 0.98)
    }

    fn ambient(&self) -> V {
        V(0.5, 0.53, 0.58)
    }

    fn camera(&self) -> Camera {
        Camera {
            from: V(0.0, 1.75, -3.3),
            to: V(0.02, 0.44, 0.25),
            zoom: 2.25,
            lens: 0.03,
        }
    }
}

/// A lake below snowy mountains, early.
pub(crate) struct Mountain;

impl Mountain {
    fn height(at: V, octaves: u32) -> f32 {
        let (mut sum, mut weight, mut place) = (0.0, 1.0, V(at.0 * 0.13 + 4.3, 0.0, at.2 * 0.13 + 1.9));
        let mut previous = 1.0;
        for _ in 0..octaves {
            let ridge = 1.0 - (noise(place) * 2.0 - 1.0).abs();
            let ridge = ridge * ridge * previous;
            sum += ridge * weight;
            previous = ridge.clamp(0.2, 1.0);
            weight *= 0.5;
            place = place.turned(0.5) * 2.07 + V(5.2, 0.0, 1.3);
        }
        let shore = smooth_step(
            4.0,
            22.0,
            at.2 + (at.0 * at.0) * 0.05 + (noise(V(at.0 * 0.3, 0.0, at.2 * 0.3)) - 0.5) * 3.0,
        );
        let bank =
            0.35 * smooth_step(2.6, 5.5, (at.0 + 0.6).abs() - at.2 * 0.1) * noise(V(at.0 * 1.2, 3.0, at.2 * 1.2));
        sum * 4.4 * shore - 0.35 + bank + 0.4 * shore
    }

    /// Firs on the lower slopes, as bumps.
    fn firs(at: V, height: f32) -> f32 {
        let where_ =
            smooth_step(0.05, 0.25, height) * smooth_step(2.2, 1.1, height) * smooth_step(0.35, 0.6, noise(at * 0.5));
        if where_ < 0.01 {
            0.0
        } else {
            noise(V(at.0 * 7.0, 0.0, at.2 * 7.0)).powi(2) * 0.42 * where_
        }
    }
}

impl Scene for Mountain {
    fn distance(&self, at: V) -> (f32, u8) {
        if at.1 > 6.8 {
            return ((at.1 - 6.5).max(0.2), 0);
        }
        let height = Self::height(at, 7);
        let land = ((at.1 - height - Self::firs(at, height)) * 0.42, 0);
        nearer(
            land,
            (at.1 + 0.0015 * (noise(V(at.0 * 14.0, 0.0, at.2 * 30.0)) - 0.5), 1),
        )
    }

    fn matter(&self, surface: u8, at: V, normal: V) -> Matter {
        if surface == 1 {
            return Matter {
                colour: srgb(18, 52, 66),
                shine: 0.7,
                mirror: 0.95,
                glow: 0.0,
            };
        }
        let rock = srgb(96, 88, 84).mix(srgb(138, 126, 116), clouds(V(at.0 * 2.0, at.1 * 7.0, at.2 * 2.0), 4));
        let height = Self::height(at, 7);
        let wooded = smooth_step(0.03, 0.12, Self::firs(at, height));
        let meadow = smooth_step(1.9, 1.0, at.1) * smooth_step(0.62, 0.85, normal.1);
        let snow = smooth_step(2.3, 3.0, at.1 + clouds(at * 1.6, 3) * 1.2 - 0.6) * smooth_step(0.42, 0.68, normal.1);
        let green = srgb(88, 112, 52).mix(srgb(128, 126, 66), noise(at * 1.3));
        let ground = rock
            .mix(green, meadow)
            .mix(srgb(22, 50, 34), wooded)
            .mix(srgb(240, 244, 250), snow);
        Matter {
            shine: 0.03,
            ..matt(ground)
        }
    }

    fn sky(&self, direction: V) -> V {
        let up = direction.1.max(0.0);
        let clear = V(1.15, 0.82, 0.66).mix(V(0.3, 0.5, 0.86), (up * 2.4).powf(0.55));
        let place = V(direction.0 / (up + 0.15), 2.0, direction.2 / (up + 0.15));
        let wisps = smooth_step(0.52, 0.85, clouds(V(place.0 * 0.9, 0.0, place.2 * 2.2), 5))
            * smooth_step(0.05, 0.3, direction.1);
        clear.mix(V(1.3, 1.08, 0.98), wisps * 0.8)
    }

    fn sun(&self) -> V {
        V(-0.8, 0.42, -0.25).unit()
    }

    fn sunlight(&self) -> V {
        V(2.0, 1.5, 1.08)
    }

    fn ambient(&self) -> V {
        V(0.34, 0.42, 0.58)
    }

    fn camera(&self) -> Camera {
        Camera {
            from: V(-0.4, 1.0, -5.5),
            to: V(0.1, 2.1, 9.0),
            zoom: 1.9,
            lens: 0.0,
        }
    }

    fn reach(&self) -> f32 {
        70.0
    }

    fn haze(&self, distance: f32) -> f32 {
        1.0 - (-(distance - 4.0).max(0.0) * 0.007).exp()
    }
}
