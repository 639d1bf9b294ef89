package dev.doorbuster.systemtests;

import static java.util.stream.Collectors.groupingBy;

import com.google.protobuf.ByteString;
import dev.doorbuster.systemtests.SpanCollector.Collected;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** One trace as a tree, children in the order of their start times. */
final class SpanTree {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<String, List<Collected>> byParent;
    private final String root;
    private final long began;

    /** The tree below a span that was not collected, such as the client's own. */
    SpanTree(List<Collected> spans, String clientSpanId) {
        this.byParent = spans.stream()
                .sorted(Comparator.comparingLong(each -> each.span().getStartTimeUnixNano()))
                .collect(groupingBy(each -> hex(each.span().getParentSpanId())));
        this.root = clientSpanId;
        this.began = spans.stream()
                .mapToLong(each -> each.span().getStartTimeUnixNano())
                .min()
                .orElse(0);
    }

    static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    /** Names and services, indented by depth. */
    List<String> outline() {
        return lines((depth, each) -> "  ".repeat(depth) + each.span().getName() + " @ " + each.service());
    }

    /** The same with start times and durations in milliseconds. */
    List<String> print() {
        return lines((depth, each) -> {
            Span span = each.span();
            return String.format(
                    Locale.ROOT,
                    "%-52s %-14s %8.2f ms  +%7.2f ms",
                    "  ".repeat(depth) + span.getName(),
                    each.service(),
                    (span.getStartTimeUnixNano() - began) / NANOS_PER_MILLI,
                    (span.getEndTimeUnixNano() - span.getStartTimeUnixNano()) / NANOS_PER_MILLI);
        });
    }

    private List<String> lines(BiFunction<Integer, Collected, String> line) {
        var lines = new ArrayList<String>();
        add(root, 0, line, lines);
        return lines;
    }

    private void add(String parent, int depth, BiFunction<Integer, Collected, String> line, List<String> lines) {
        for (Collected each : byParent.getOrDefault(parent, List.of())) {
            lines.add(line.apply(depth, each));
            add(hex(each.span().getSpanId()), depth + 1, line, lines);
        }
    }
}
