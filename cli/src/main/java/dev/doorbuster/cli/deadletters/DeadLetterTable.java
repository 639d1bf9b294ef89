package dev.doorbuster.cli.deadletters;

import dev.doorbuster.contracts.topology.DeadLetter.Cause;
import dev.doorbuster.deadletters.DeadLetterQueues;
import dev.doorbuster.deadletters.FetchedDeadLetter;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.Collectors;

/** Prints dead letters as a table, one per line, with the number of each cause. */
final class DeadLetterTable {
    private static final int REASON_LENGTH_MAX = 160;
    private static final String ROW = "%-36s  %-18s  %-16s  %-16s  %-14s  %5s  %10s  %7s  %s%n";

    private DeadLetterTable() {}

    static void print(DeadLetterQueues.Taken taken, int linesMax, Instant now, PrintWriter out) {
        List<FetchedDeadLetter> deadLetters = taken.deadLetters();
        if (deadLetters.isEmpty()) {
            out.println("No dead letters.");
            return;
        }
        out.printf(ROW, "ID", "TYPE", "SALE", "QUEUE", "CAUSE", "AGE", "DELIVERIES", "REPLAYS", "REASON");
        deadLetters.stream().limit(linesMax).forEach(each -> row(each, now, out));
        long unprinted = Math.max(0, deadLetters.size() - linesMax) + taken.more();
        if (unprinted > 0) {
            out.println("and " + unprinted + " more");
        }
        out.println(totals(taken));
        long waiting = deadLetters.stream().filter(FetchedDeadLetter::waits).count();
        if (waiting > 0) {
            out.println(waiting + " of them will be replayed once automatically.");
        }
    }

    private static void row(FetchedDeadLetter fetchedDeadLetter, Instant now, PrintWriter out) {
        out.printf(
                ROW,
                fetchedDeadLetter.id(),
                fetchedDeadLetter.type(),
                fetchedDeadLetter.sale(),
                fetchedDeadLetter.queue(),
                fetchedDeadLetter.told().cause().wireName(),
                age(fetchedDeadLetter.told().at(), now),
                fetchedDeadLetter.told().deliveries(),
                fetchedDeadLetter.told().replays(),
                oneLine(fetchedDeadLetter.told().reason()));
    }

    private static String totals(DeadLetterQueues.Taken taken) {
        var byCause = new EnumMap<Cause, Long>(Cause.class);
        taken.deadLetters().forEach(each -> byCause.merge(each.told().cause(), 1L, Long::sum));
        String counts = byCause.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey().wireName())
                .collect(Collectors.joining(", "));
        long all = taken.deadLetters().size() + taken.more();
        String total = all + (all == 1 ? " dead letter: " : " dead letters: ") + counts;
        return taken.more() > 0 ? total + ", " + taken.more() + " not read" : total;
    }

    /** In the largest unit that has elapsed. */
    static String age(Instant at, Instant now) {
        if (at == null) {
            return "-";
        }
        Duration age = Duration.between(at, now);
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        } else if (age.toHours() > 0) {
            return age.toHours() + "h";
        } else if (age.toMinutes() > 0) {
            return age.toMinutes() + "m";
        }
        return Math.max(0, age.toSeconds()) + "s";
    }

    private static String oneLine(String reason) {
        String line = reason.replaceAll("\\s+", " ");
        return line.length() > REASON_LENGTH_MAX ? line.substring(0, REASON_LENGTH_MAX) + "…" : line;
    }
}
