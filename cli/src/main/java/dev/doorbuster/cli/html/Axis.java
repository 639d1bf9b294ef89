package dev.doorbuster.cli.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One direction of a chart.
 *
 * @param from the smallest value shown; on a logarithmic axis a power of ten
 * @param to the largest value shown, which is greater
 */
public record Axis(String label, double from, double to, boolean logarithmic) {
    private static final int TICKS_ABOUT = 5;
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};

    public Axis {
        if (to <= from || (logarithmic && from <= 0)) {
            throw new IllegalArgumentException("no axis from " + from + " to " + to);
        }
    }

    /** From 0 to a round value that is not below the given one. */
    public static Axis linear(String label, double largest) {
        double step = step(largest);
        return new Axis(label, 0, Math.max(step, Math.ceil(largest / step) * step), false);
    }

    /** From 1 to the power of ten that is not below the given value. */
    public static Axis logarithmic(String label, double largest) {
        return new Axis(label, 1, Math.pow(10, Math.max(1, Math.ceil(Math.log10(Math.max(largest, 1))))), true);
    }

    /** Where a value is, 0 at the beginning and 1 at the end; what is outside is at the nearer of them. */
    double position(double value) {
        double position = logarithmic
                ? Math.log10(Math.max(value, from) / from) / Math.log10(to / from)
                : (value - from) / (to - from);
        return Math.min(1, Math.max(0, position));
    }

    List<Double> ticks() {
        var ticks = new ArrayList<Double>();
        double step = logarithmic ? 0 : step(to - from);
        for (double tick = from; tick <= to * (1 + 1e-9); tick = logarithmic ? tick * 10 : tick + step) {
            ticks.add(tick);
        }
        return ticks;
    }

    static String format(double tick) {
        return tick == Math.rint(tick)
                ? String.format(Locale.ROOT, "%,.0f", tick)
                : String.format(Locale.ROOT, "%.2f", tick);
    }

    /** A round length of which about as many as wanted fit. */
    private static double step(double length) {
        double raw = Math.max(length, 1e-9) / TICKS_ABOUT;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double each : STEPS) {
            if (each * power >= raw) {
                return each * power;
            }
        }
        return 10 * power;
    }
}
