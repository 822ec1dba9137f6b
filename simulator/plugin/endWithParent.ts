/** Ends this process when the one that started it is gone: an engine that was killed cannot tell its plugins to end. */
export function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit();
  }, 100).unref();
}
