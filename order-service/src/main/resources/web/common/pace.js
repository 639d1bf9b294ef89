// Repeats an action while the page is visible, with random pauses, so that clients are not synchronized.

/**
 * Repeats after a pause of that length, plus or minus a third; `pauseMs` may be a function. Returns a stop function.
 */
export function repeat(pauseMs, work) {
  let timer;
  let stopped = false;
  const next = () => {
    const pause = typeof pauseMs === 'function' ? pauseMs() : pauseMs;
    timer = setTimeout(async () => {
      if (!document.hidden) await work();
      if (!stopped) next();
    }, pause * (2 / 3 + (Math.random() * 2) / 3));
  };
  next();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** Runs one call at a time; calls during a run cause one more run afterwards. `failed` receives failures. */
export function single(work, failed) {
  let running = null;
  let again = false;
  return async function run() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        try {
          await work();
        } catch (cause) {
          failed(cause);
        }
      } while (again);
    })();
    try {
      await running;
    } finally {
      running = null;
    }
  };
}

export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
