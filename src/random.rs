//! Numbers for tests: the same in every run.

/// Gives a number below the one that it is called with.
pub(crate) fn below(mut seed: u64) -> impl FnMut(usize) -> usize {
    move |n| {
        // Knuth's multiplier for 64 bits, of which the upper ones are good.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    }
}
