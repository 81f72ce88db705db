/** Seconds of this process's CPU time, user and system, by part. */
export class CpuWatch {
  laps = new Map();
  #since = process.cpuUsage();

  lap(part) {
    const { user, system } = process.cpuUsage(this.#since);
    this.#since = process.cpuUsage();
    this.laps.set(part, (this.laps.get(part) ?? 0) + (user + system) / 1e6);
  }
}
