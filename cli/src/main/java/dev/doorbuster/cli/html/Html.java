package dev.doorbuster.cli.html;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A piece of a page that grows. Names of tags and classes are the program's own; everything else is escaped. */
public final class Html {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** A whole page around a body. */
    public static String page(String title, String style, Html body) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                %s</body>
                </html>
                """.formatted(escape(title), style, body);
    }

    @CanIgnoreReturnValue
    public Html begin(String tag, String cssClass) {
        out.append('<').append(tag);
        if (!cssClass.isEmpty()) {
            out.append(" class=\"").append(cssClass).append('"');
        }
        out.append('>');
        open.push(tag);
        return this;
    }

    /** Closes what was begun last. */
    @CanIgnoreReturnValue
    public Html end() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    @CanIgnoreReturnValue
    public Html text(String text) {
        out.append(escape(text));
        return this;
    }

    @CanIgnoreReturnValue
    public Html element(String tag, String cssClass, String text) {
        return begin(tag, cssClass).text(text).end();
    }

    @CanIgnoreReturnValue
    public Html paragraph(String text) {
        return element("p", "", text);
    }

    @CanIgnoreReturnValue
    public Html add(Chart chart) {
        out.append(chart.svg());
        return this;
    }

    /** Data for the page's scripts, in an element of its own. */
    @CanIgnoreReturnValue
    public Html json(String json) {
        out.append("<script type=\"application/json\">")
                .append(json.replace("<", "\\u003c"))
                .append("</script>\n");
        return this;
    }

    /** A script of the program's own; it is not escaped. */
    @CanIgnoreReturnValue
    public Html script(String code) {
        out.append("<script>\n").append(code).append("</script>\n");
        return this;
    }

    /**
     * A row of a table.
     *
     * @param cell td or th
     * @param cssClass of the row
     */
    @CanIgnoreReturnValue
    public Html row(String cell, String cssClass, List<String> texts) {
        begin("tr", cssClass);
        texts.forEach(text -> element(cell, "", text));
        return end();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("never ended: " + open);
        }
        return out.toString();
    }
}
