// Doing something again and again while the page is seen, never in step with everybody else's page.

/** Repeats after a pause of that length, give or take a third; `pauseMs` may be a function. Returns how to stop it. */
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

/** Runs one at a time; asked while it runs, it runs once more afterwards. Failures are `failed`'s to see. */
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
