// The clock of every Node candidate.

/**
 * Runs `run` over what `fresh` makes, which is not timed, for so many milliseconds after half of that for warming up, and gives
 * nanoseconds a record. What `run` gives stays alive until the clock has stopped.
 */
export async function measure(records, milliseconds, fresh, run) {
  await repeat(milliseconds / 2, 3, () => timed(fresh(), run));
  const wall = [];
  let cpu = 0;
  await repeat(milliseconds, 5, async () => {
    const took = await timed(fresh(), run);
    wall.push(took.wall / records);
    cpu += took.cpu / records;
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

async function timed(input, run) {
  const used = process.cpuUsage();
  const start = process.hrtime.bigint();
  const kept = await run(input);
  const wall = Number(process.hrtime.bigint() - start);
  const { user, system } = process.cpuUsage(used);
  return { wall, cpu: (user + system) * 1000, kept };
}
