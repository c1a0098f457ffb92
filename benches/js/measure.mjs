// The clock of every Node candidate.

/** Records that are timed in one go at least: reading the clock takes as long as to decode a small one. */
const RECORDS = 100;

/**
 * Runs `run` over what `fresh` makes, which is not timed, for so many milliseconds after half of that for warming up, and gives
 * nanoseconds a record. What `run` gives stays alive until the clock has stopped.
 */
export async function measure(records, milliseconds, fresh, run) {
  const events = Math.max(1, Math.floor(RECORDS / records));
  const inputs = () => Array.from({ length: events }, fresh);
  await repeat(milliseconds / 2, 3, () => timed(inputs(), run));
  const wall = [];
  let cpu = 0;
  await repeat(milliseconds, 5, async () => {
    const took = await timed(inputs(), run);
    wall.push(took.wall / (events * records));
    cpu += took.cpu / (events * records);
  });
  wall.sort((a, b) => a - b);
  return { records, min_ns: wall[0], median_ns: wall[wall.length >> 1], cpu_ns: cpu / wall.length };
}

async function repeat(milliseconds, least, each) {
  const end = performance.now() + milliseconds;
  for (let i = 0; i < least || performance.now() < end; i++) {
    await each();
  }
}

async function timed(inputs, run) {
  const used = process.cpuUsage();
  const start = process.hrtime.bigint();
  const kept = [];
  for (const input of inputs) {
    const result = run(input);
    kept.push(result instanceof Promise ? await result : result);
  }
  const wall = Number(process.hrtime.bigint() - start);
  const { user, system } = process.cpuUsage(used);
  return { wall, cpu: (user + system) * 1000, kept };
}
