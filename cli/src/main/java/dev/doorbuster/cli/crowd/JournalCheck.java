package dev.doorbuster.cli.crowd;

import dev.doorbuster.cli.crowd.Ledger.LedgerOrder;
import dev.doorbuster.crowd.client.AnswerKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds what buyers were told against what the ledger has. Who was told nothing clear proves nothing either way; everyone
 * else must have been told the truth.
 */
public final class JournalCheck {
    private final Journal journal;
    private final Ledger ledger;
    private final Map<Story.Id, Story> stories;
    private final Map<Story.Id, LedgerOrder> rows = new HashMap<>();
    /** Who sent a request without a key and had no answer: the key it was given stays unknown. */
    private final Set<String> unanswered = new HashSet<>();

    private final Map<Lie, List<String>> lies = new EnumMap<>(Lie.class);

    private JournalCheck(Journal journal, Ledger ledger) {
        this.journal = journal;
        this.ledger = ledger;
        this.stories = stories(journal);
        ledger.orders().forEach(row -> rows.put(new Story.Id(row.buyer(), row.key()), row));
        journal.entries().stream().filter(entry -> entry.key() == null).forEach(entry -> unanswered.add(entry.buyer()));
    }

    /** Compares; the journal's sale must be the ledger's. */
    public static JournalReport compare(Journal journal, Ledger ledger) {
        return new JournalCheck(journal, ledger).compare();
    }

    private JournalReport compare() {
        journal.entries().forEach(this::checkAnswer);
        stories.forEach(this::checkStory);
        rows.forEach(this::checkRow);
        long held = unitsHeld();
        long known = unitsKnown();
        checkSums(held, known);
        return new JournalReport(
                journal.entries().size(),
                count(stories.values().stream()
                        .filter(story -> story.firstReserved().isPresent())),
                count(stories.values().stream().filter(Story::isRefused)),
                count(stories.values().stream().filter(Story::isUnknown)) + unanswered.size(),
                count(stories.values().stream().filter(story -> !story.encores().isEmpty())),
                held,
                known,
                lies);
    }

    private void checkAnswer(Entry entry) {
        if (entry.answerKind() == AnswerKind.UNEXPECTED) {
            found(Lie.UNEXPECTED_ANSWER, entry);
        }
        String named = entry.answer().key();
        if (named != null && !named.equals(entry.key())) {
            found(Lie.ANOTHERS_KEY, entry + ", which names key " + named);
        }
    }

    private void checkStory(Story.Id id, Story story) {
        LedgerOrder row = rows.get(id);
        story.firstReserved().ifPresent(entry -> {
            if (row == null
                    || !row.accepted()
                    || !row.id().equals(entry.answer().orderId())) {
                found(Lie.RESERVED_WITHOUT_ROW, entry + "; the ledger has " + row);
            }
            checkEncore(story, entry);
        });
        story.refusedAfterReserved().ifPresent(entry -> found(Lie.REFUSED_AFTER_RESERVED, entry));
        if (story.isRefused() && row != null && row.holds()) {
            found(Lie.HOLDS_THOUGH_REFUSED, story.entries() + "; the ledger has " + row);
        }
        if (story.waitsStill() && row == null) {
            found(Lie.ACCEPTED_NOT_FINAL, story.entries());
        }
        if (story.orderIds().size() > 1) {
            found(Lie.TWO_ORDERS_FOR_ONE_KEY, story.entries());
        }
    }

    private void checkEncore(Story story, Entry reserved) {
        Optional<Entry> last = story.lastOfEncore();
        if (last.isEmpty() || last.get().answerKind() != AnswerKind.RESERVED) {
            found(Lie.ENCORE_NOT_HEARD, last.isEmpty() ? reserved + ", who never asked again" : last.get());
        } else if (!last.get().answer().orderId().equals(reserved.answer().orderId())) {
            found(Lie.ENCORE_DIFFERS, last.get() + " after " + reserved);
        }
        story.encores().stream()
                .filter(entry ->
                        entry.answer().httpStatus() == 201 && !entry.answer().replayed())
                .forEach(entry -> found(Lie.ENCORE_DIFFERS, entry + ", not marked as a replay"));
    }

    private void checkRow(Story.Id id, LedgerOrder row) {
        if (!stories.containsKey(id) && !unanswered.contains(id.buyer())) {
            found(Lie.NOBODY_ASKED, row);
        }
    }

    private void checkSums(long held, long known) {
        long unknown = rows.entrySet().stream()
                .filter(row -> row.getValue().holds() && isUnknown(row.getKey()))
                .mapToLong(row -> row.getValue().quantity())
                .sum();
        if (held != known + unknown) {
            found(
                    Lie.SUM_DIFFERS,
                    "%d held, %d known to buyers, %d under keys without a clear answer"
                            .formatted(held, known, unknown));
        }
        if (ledger.sold() != held) {
            found(Lie.SOLD_DIFFERS, "the sale says %d, its orders hold %d".formatted(ledger.sold(), held));
        }
        if (Math.max(ledger.sold(), held) > ledger.stock()) {
            found(Lie.OVERSOLD, "%d held of %d".formatted(held, ledger.stock()));
        }
    }

    private long unitsHeld() {
        return ledger.orders().stream()
                .filter(LedgerOrder::holds)
                .mapToLong(LedgerOrder::quantity)
                .sum();
    }

    /** A reservation that has ended since, by expiry or otherwise, is no longer known as held. */
    private long unitsKnown() {
        return stories.entrySet().stream()
                .filter(story -> story.getValue().firstReserved().isPresent())
                .filter(story -> {
                    LedgerOrder row = rows.get(story.getKey());
                    return row == null || !row.accepted() || row.holds();
                })
                .mapToLong(story -> story.getValue().units())
                .sum();
    }

    private boolean isUnknown(Story.Id id) {
        Story story = stories.get(id);
        return story == null ? unanswered.contains(id.buyer()) : story.isUnknown();
    }

    private void found(Lie lie, Object what) {
        lies.computeIfAbsent(lie, first -> new ArrayList<>()).add(what.toString());
    }

    private static Map<Story.Id, Story> stories(Journal journal) {
        var entries = new LinkedHashMap<Story.Id, List<Entry>>();
        for (Entry entry : journal.entries()) {
            if (entry.key() != null) {
                entries.computeIfAbsent(new Story.Id(entry.buyer(), entry.key()), first -> new ArrayList<>())
                        .add(entry);
            }
        }
        var stories = new LinkedHashMap<Story.Id, Story>();
        entries.forEach((id, of) -> stories.put(id, new Story(id.buyer(), id.key(), of)));
        return stories;
    }

    private static int count(java.util.stream.Stream<Story> some) {
        return Math.toIntExact(some.count());
    }
}
