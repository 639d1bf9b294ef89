package dev.doorbuster.cli.html;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A chart as inline SVG; its colours are the page's. */
public final class Chart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 300;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 16;
    private static final int BOTTOM = 46;
    private static final int RADIUS = 5;
    private static final int LABEL_GAP = 6;
    private static final int LABEL_HEIGHT = 16;
    private static final int LABEL_ROOM = 120;
    private static final int TICK_TEXT_BELOW = 18;
    private static final int AXIS_TEXT_BELOW = 38;
    private static final int AXIS_TEXT_LEFT = 16;

    private final String description;
    private final Axis x;
    private final Axis y;
    private final StringBuilder marks = new StringBuilder();
    private int uprights;

    /** An empty chart; the description is for those who do not see it. */
    public Chart(String description, Axis x, Axis y) {
        this.description = description;
        this.x = x;
        this.y = y;
    }

    /** A place in the chart. */
    public record Point(double x, double y) {}

    @CanIgnoreReturnValue
    public Chart line(List<Point> points, String cssClass) {
        String places = points.stream()
                .map(point -> number(left(point.x())) + "," + number(top(point.y())))
                .collect(Collectors.joining(" "));
        marks.append("<polyline class=\"%s\" points=\"%s\"/>\n".formatted(cssClass, places));
        return this;
    }

    /** A dot that tells what it is when pointed at. */
    @CanIgnoreReturnValue
    public Chart dot(Point point, String cssClass, String telling) {
        marks.append("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%d\"><title>%s</title></circle>\n"
                .formatted(cssClass, number(left(point.x())), number(top(point.y())), RADIUS, Html.escape(telling)));
        return this;
    }

    /** A line across, with its name above it. */
    @CanIgnoreReturnValue
    public Chart across(double value, String cssClass, String label) {
        double at = top(value);
        segment(LEFT, at, WIDTH - RIGHT, at, cssClass);
        text(WIDTH - RIGHT, at - LABEL_GAP, "end", label);
        return this;
    }

    /** On which side of its line a name stands, if there is room; else it stands on the other. */
    public enum Side {
        LEFT,
        RIGHT
    }

    /** A line from bottom to top, with its name beside it. */
    @CanIgnoreReturnValue
    public Chart upright(double value, String cssClass, String label, Side side) {
        double at = left(value);
        segment(at, TOP, at, HEIGHT - BOTTOM, cssClass);
        boolean before = side == Side.LEFT ? at - LEFT > LABEL_ROOM : WIDTH - RIGHT - at < LABEL_ROOM;
        // One above the other, so that lines near to each other can still be told apart.
        double baseline = HEIGHT - BOTTOM - LABEL_GAP - uprights++ * LABEL_HEIGHT;
        text(at + (before ? -LABEL_GAP : LABEL_GAP), baseline, before ? "end" : "start", label);
        return this;
    }

    String svg() {
        var frame = new Chart(description, x, y);
        for (double tick : x.ticks()) {
            frame.segment(left(tick), TOP, left(tick), HEIGHT - BOTTOM, "grid");
            frame.text(left(tick), HEIGHT - BOTTOM + TICK_TEXT_BELOW, "middle", Axis.format(tick));
        }
        for (double tick : y.ticks()) {
            frame.segment(LEFT, top(tick), WIDTH - RIGHT, top(tick), "grid");
            frame.text(LEFT - LABEL_GAP, top(tick) + LABEL_GAP / 2.0, "end", Axis.format(tick));
        }
        frame.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - BOTTOM + AXIS_TEXT_BELOW, "middle", x.label());
        String upward = "<text transform=\"rotate(-90)\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
                .formatted(-(TOP + HEIGHT - BOTTOM) / 2, AXIS_TEXT_LEFT, Html.escape(y.label()));
        return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n%s%s%s</svg>\n"
                .formatted(WIDTH, HEIGHT, Html.escape(description), frame.marks, upward, marks);
    }

    private void segment(double x1, double y1, double x2, double y2, String cssClass) {
        marks.append("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                .formatted(cssClass, number(x1), number(y1), number(x2), number(y2)));
    }

    private void text(double at, double baseline, String anchor, String text) {
        marks.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(number(at), number(baseline), anchor, Html.escape(text)));
    }

    private double left(double value) {
        return LEFT + x.position(value) * (WIDTH - LEFT - RIGHT);
    }

    private double top(double value) {
        return HEIGHT - BOTTOM - y.position(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }
}
