package dev.doorbuster.cli.chaos.check;

import dev.doorbuster.cli.chaos.check.Books.OrderRow;
import dev.doorbuster.cli.chaos.history.Exchange;
import java.util.HashSet;
import java.util.Set;

/** What was said of each order, against its row. */
final class OrderCheck {
    /** From the beginning of the ledger's transaction to its end; the ledger's own limits are below it. */
    private static final long COMMIT_MAX_MICROS = 10_000_000;

    private final Evidence evidence;
    private final Findings findings;
    private final Forgetting forgetting;

    private OrderCheck(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.forgetting = new Forgetting(evidence);
        this.findings = findings;
    }

    static void run(Evidence evidence, Findings findings) {
        var check = new OrderCheck(evidence, findings);
        evidence.stories().forEach(check::story);
        Set<Story.Id> seen = new HashSet<>();
        for (OrderRow row : evidence.books().orders()) {
            if (!seen.add(new Story.Id(row.sale(), row.buyer(), row.key()))) {
                findings.add(Breach.TWO_ORDERS_FOR_ONE_KEY, row);
            }
            if (!evidence.mayHaveAsked(row)) {
                findings.add(Breach.ROW_WITHOUT_REQUEST, row);
            }
        }
    }

    private void story(Story.Id id, Story story) {
        OrderRow row = evidence.row(id);
        story.firstTakenIn().ifPresent(exchange -> takenIn(story, exchange, row));
        if (row != null && row.accepted() && story.isRefused(row.decidedMicros() + COMMIT_MAX_MICROS)) {
            heldThoughRefused(story, row);
        }
        if (row == null) {
            story.waitingStill().ifPresent(exchange -> findings.add(Breach.NEVER_DECIDED, story.exchanges()));
        }
        if (story.orders().size() > 1) {
            findings.add(Breach.TWO_ORDERS_FOR_ONE_KEY, story.exchanges());
        }
    }

    private void heldThoughRefused(Story story, OrderRow row) {
        String found = story.exchanges() + "; the ledger has " + row;
        if (forgetting.mayHaveHappened(row, story.exchanges().get(0).sentMicros())) {
            findings.excuse(Breach.HELD_THOUGH_REFUSED, found);
        } else {
            findings.add(Breach.HELD_THOUGH_REFUSED, found);
        }
    }

    private void takenIn(Story story, Exchange exchange, OrderRow row) {
        if (row == null || !row.accepted() || !row.id().equals(exchange.answer().id())) {
            findings.add(Breach.RESERVED_WITHOUT_ROW, exchange + "; the ledger has " + row);
        }
        story.refusedAfter(exchange)
                .ifPresent(refused -> findings.add(Breach.REFUSED_AFTER_RESERVED, refused + "; before: " + exchange));
    }
}
