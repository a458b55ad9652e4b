//! Three numbers and what is done with them, and smooth noise.

use std::ops::{Add, Mul, Sub};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct V(pub(crate) f32, pub(crate) f32, pub(crate) f32);

impl Add for V {
    type Output = V;
    fn add(self, other: V) -> V {
        V(self.0 + other.0, self.1 + other.1, self.2 + other.2)
    }
}

impl Sub for V {
    type Output = V;
    fn sub(self, other: V) -> V {
        V(self.0 - other.0, self.1 - other.1, self.2 - other.2)
    }
}

impl Mul<f32> for V {
    type Output = V;
    fn mul(self, factor: f32) -> V {
        V(self.0 * factor, self.1 * factor, self.2 * factor)
    }
}

impl Mul for V {
    type Output = V;
    fn mul(self, other: V) -> V {
        V(self.0 * other.0, self.1 * other.1, self.2 * other.2)
    }
}

impl V {
    pub(crate) fn dot(self, other: V) -> f32 {
        self.0 * other.0 + self.1 * other.1 + self.2 * other.2
    }

    pub(crate) fn cross(self, other: V) -> V {
        V(
            self.1 * other.2 - self.2 * other.1,
            self.2 * other.0 - self.0 * other.2,
            self.0 * other.1 - self.1 * other.0,
        )
    }

    pub(crate) fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    pub(crate) fn unit(self) -> V {
        self * (1.0 / self.length().max(1e-9))
    }

    pub(crate) fn mix(self, other: V, share: f32) -> V {
        self + (other - self) * share.clamp(0.0, 1.0)
    }

    /// Turned about the vertical axis.
    pub(crate) fn turned(self, angle: f32) -> V {
        let (sine, cosine) = angle.sin_cos();
        V(self.0 * cosine - self.2 * sine, self.1, self.0 * sine + self.2 * cosine)
    }

    /// Tilted about the axis to the right.
    pub(crate) fn tilted(self, angle: f32) -> V {
        let (sine, cosine) = angle.sin_cos();
        V(self.0, self.1 * cosine - self.2 * sine, self.1 * sine + self.2 * cosine)
    }

    /// Rolled about the axis into the picture.
    pub(crate) fn rolled(self, angle: f32) -> V {
        let (sine, cosine) = angle.sin_cos();
        V(self.0 * cosine - self.1 * sine, self.0 * sine + self.1 * cosine, self.2)
    }
}

/// A colour by its eight-bit sRGB values, in linear light.
pub(crate) fn srgb(red: u8, green: u8, blue: u8) -> V {
    let linear = |value: u8| (f32::from(value) / 255.0).powf(2.2);
    V(linear(red), linear(green), linear(blue))
}

pub(crate) fn smooth_step(from: f32, to: f32, value: f32) -> f32 {
    let share = ((value - from) / (to - from)).clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}

/// From 0 to 1, the same for the same place.
pub(crate) fn hash(x: i32, y: i32, z: i32) -> f32 {
    let mut bits = (x as u32).wrapping_mul(0x8da6_b343)
        ^ (y as u32).wrapping_mul(0xd816_3841)
        ^ (z as u32).wrapping_mul(0xcb1a_b31f);
    bits ^= bits >> 15;
    bits = bits.wrapping_mul(0x2c1b_3c6d);
    bits ^= bits >> 12;
    bits = bits.wrapping_mul(0x297a_2d39);
    bits ^= bits >> 15;
    (bits >> 8) as f32 / (1 << 24) as f32
}

/// Value noise, from 0 to 1.
pub(crate) fn noise(at: V) -> f32 {
    let (x, y, z) = (at.0.floor(), at.1.floor(), at.2.floor());
    let ease = |value: f32| value * value * (3.0 - 2.0 * value);
    let (fx, fy, fz) = (ease(at.0 - x), ease(at.1 - y), ease(at.2 - z));
    let corner = |dx: i32, dy: i32, dz: i32| hash(x as i32 + dx, y as i32 + dy, z as i32 + dz);
    let line = |dy: i32, dz: i32| corner(0, dy, dz) + (corner(1, dy, dz) - corner(0, dy, dz)) * fx;
    let face = |dz: i32| line(0, dz) + (line(1, dz) - line(0, dz)) * fy;
    face(0) + (face(1) - face(0)) * fz
}

/// Noise of several sizes, from 0 to 1.
pub(crate) fn clouds(at: V, octaves: u32) -> f32 {
    let (mut sum, mut weight, mut whole, mut place) = (0.0, 0.5, 0.0, at);
    for _ in 0..octaves {
        sum += noise(place) * weight;
        whole += weight;
        weight *= 0.5;
        place = place.turned(0.6) * 2.03 + V(7.1, 3.7, 1.3);
    }
    sum / whole
}
