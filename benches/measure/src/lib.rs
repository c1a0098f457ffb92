//! Times a candidate in a process of its own: what every Rust program of the suites does alike.

use cpu_time::ProcessTime;
use std::time::{Duration, Instant};

/// Iterations that are timed at least.
const LEAST: usize = 10;

/// Runs `each` over what `fresh` makes, which is not timed, and prints a line of JSON: nanoseconds a record. The first
/// quarter of the time is for warming up.
pub fn print<I>(records: usize, time: Duration, mut fresh: impl FnMut() -> I, mut each: impl FnMut(I)) {
    let (mut wall, mut cpu) = (Vec::new(), Duration::ZERO);
    let begun = Instant::now();
    while wall.len() < LEAST || begun.elapsed() < time {
        let input = fresh();
        let (start, used) = (Instant::now(), ProcessTime::now());
        each(input);
        let (took, used) = (start.elapsed(), used.elapsed());
        if begun.elapsed() > time / 4 {
            wall.push(took.as_nanos() as f64 / records as f64);
            cpu += used;
        }
    }
    wall.sort_by(f64::total_cmp);
    let (min, median) = (wall[0], wall[wall.len() / 2]);
    let cpu = cpu.as_nanos() as f64 / (wall.len() * records) as f64;
    println!(r#"{{"records":{records},"min_ns":{min},"median_ns":{median},"cpu_ns":{cpu}}}"#);
}
