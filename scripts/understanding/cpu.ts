/** A stopwatch of the processor's own time in microseconds: what others do on the machine meanwhile does not count. */
export function cpuStopwatch(): () => number {
  const began = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(began);
    return user + system;
  };
}
