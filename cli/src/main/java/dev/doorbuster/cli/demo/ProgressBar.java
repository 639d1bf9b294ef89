package dev.doorbuster.cli.demo;

import java.io.PrintWriter;

/** Progress in one line: redrawn in place on a terminal, printed as a line now and then elsewhere. */
final class ProgressBar {
    private static final int WIDTH = 30;
    private static final long REDRAW_EVERY_NANOS = 200_000_000L;
    private static final long LINE_EVERY_NANOS = 2_000_000_000L;

    private final PrintWriter out;
    private final boolean terminal;
    private long shownAt;

    ProgressBar(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    synchronized void show(long done, long all, String text) {
        long now = System.nanoTime();
        boolean due = now - shownAt > (terminal ? REDRAW_EVERY_NANOS : LINE_EVERY_NANOS);
        if (due) {
            shownAt = now;
            draw(done, all, text, terminal ? "\r" : "", terminal ? "" : System.lineSeparator());
        }
    }

    synchronized void end(long done, long all, String text) {
        draw(done, all, text, terminal ? "\r" : "", System.lineSeparator());
    }

    private void draw(long done, long all, String text, String before, String after) {
        int filled = all == 0 ? WIDTH : (int) Math.min(WIDTH, WIDTH * done / all);
        out.print(before + "  [" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] " + text + after);
        out.flush();
    }
}
