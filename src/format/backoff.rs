//! When a short way is worth an attempt: the more often it fails, the more seldom it is tried.

/// Data that pass between two attempts, at most.
const LONGEST: u32 = 64;

/// Counts what became of attempts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Backoff {
    /// Data to let pass before the next attempt.
    wait: u32,
    /// How many passed before the last one.
    waited: u32,
}

impl Backoff {
    /// Whether to try.
    #[inline(always)]
    pub(super) fn ready(&mut self) -> bool {
        if self.wait == 0 {
            return true;
        }
        self.wait -= 1;
        false
    }

    #[inline(always)]
    pub(super) fn succeeded(&mut self) {
        self.waited = 0;
    }

    #[cold]
    pub(super) fn failed(&mut self) {
        self.waited = (2 * self.waited + 1).min(LONGEST);
        self.wait = self.waited;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_that_fail_become_rare() {
        let mut backoff = Backoff::default();
        let mut attempts = 0;
        for _ in 0..1000 {
            if backoff.ready() {
                attempts += 1;
                backoff.failed();
            }
        }
        assert!((10..25).contains(&attempts), "{attempts}");
        while !backoff.ready() {}
        backoff.succeeded();
        assert!(backoff.ready());
        backoff.failed();
        assert!(!backoff.ready());
        assert!(backoff.ready(), "one success wipes out what failed before");
    }
}
