package dev.doorbuster.crowd.room;

import dev.doorbuster.crowd.judge.PublishedOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong with a waiting room, by what its buyers were told and by the published draw.
 *
 * @param faults each with an example; empty if all is well
 * @param longestAfterEnd the longest time for which a buyer waited after the sale was sold out
 */
public record RoomFindings(List<String> faults, Duration longestAfterEnd) {
    /** The longest wait for units that are gone. */
    public static final Duration AFTER_END_MAX = Duration.ofSeconds(2);

    public RoomFindings {
        faults = List.copyOf(faults);
    }

    /**
     * Checks the buyers against the draw.
     *
     * @param draw null if the room was lost
     * @param commitment as it was published before the opening
     * @param soldOutAt when the sale said that it is sold out, by {@link System#nanoTime()}
     */
    public static RoomFindings of(RoomReport report, PublishedOrder draw, String commitment, long soldOutAt) {
        List<ToldBuyer> buyers = report.buyers();
        var faults = new ArrayList<String>();
        Set<String> drawn = draw == null ? Set.of() : Set.copyOf(draw.order());
        List<ToldBuyer> early =
                buyers.stream().filter(buyer -> drawn.contains(buyer.entrant())).toList();
        List<ToldBuyer> late = buyers.stream()
                .filter(buyer -> !drawn.contains(buyer.entrant()))
                .toList();
        if (draw != null) {
            ofDraw(buyers.stream().filter(ToldBuyer::lobby).toList(), early.size(), draw, commitment, faults);
            overtaken(inOrder(early, draw), late, faults);
            overtakenLate(late, faults);
        }
        long twice = buyers.stream().filter(buyer -> buyer.passes() > 1).count();
        if (draw != null && twice > 0) {
            faults.add(twice + " buyers were admitted twice");
        }
        if (report.starved() > 0) {
            faults.add(report.starved() + " buyers were told neither that they have a unit nor that none is left");
        }
        long gone = lastUnitAt(buyers, soldOutAt);
        long longest = buyers.stream()
                .filter(buyer -> buyer.endedToldAt() != Long.MAX_VALUE && buyer.joinToldAt() < gone)
                .mapToLong(buyer -> buyer.endedToldAt() - gone)
                .max()
                .orElse(0);
        if (longest > AFTER_END_MAX.toNanos()) {
            faults.add("a buyer waited for %.1f s after the last unit was gone".formatted(longest / 1e9));
        }
        return new RoomFindings(faults, Duration.ofNanos(Math.max(0, longest)));
    }

    /** The last buyer may have been told of a unit before the sale said that it is sold out. */
    private static long lastUnitAt(List<ToldBuyer> buyers, long soldOutAt) {
        long last = buyers.stream()
                .filter(ToldBuyer::has)
                .mapToLong(ToldBuyer::boughtToldAt)
                .max()
                .orElse(soldOutAt);
        return Math.min(last, soldOutAt);
    }

    /** Who comes just at the opening may still find the lobby; who was in it before must be drawn. */
    private static void ofDraw(
            List<ToldBuyer> lobby, int known, PublishedOrder draw, String commitment, List<String> faults) {
        if (!draw.commitment().equals(commitment)) {
            faults.add("the commitment was changed");
        }
        draw.fault().ifPresent(faults::add);
        if (known != draw.order().size()) {
            faults.add("%d of %d drawn entrants are buyers"
                    .formatted(known, draw.order().size()));
        }
        Set<String> drawn = Set.copyOf(draw.order());
        long missing =
                lobby.stream().filter(buyer -> !drawn.contains(buyer.entrant())).count();
        if (missing > 0) {
            faults.add(missing + " buyers of the lobby were not drawn");
        }
    }

    private static List<ToldBuyer> inOrder(List<ToldBuyer> early, PublishedOrder draw) {
        Map<String, ToldBuyer> byEntrant = new HashMap<>();
        early.forEach(buyer -> byEntrant.put(buyer.entrant(), buyer));
        return draw.order().stream()
                .map(byEntrant::get)
                .filter(buyer -> buyer != null)
                .toList();
    }

    /** No buyer was told to wait in answer to a question sent after one behind had a pass; late ones are behind all. */
    private static void overtaken(List<ToldBuyer> queue, List<ToldBuyer> late, List<String> faults) {
        long earliest = late.stream().mapToLong(ToldBuyer::admittedToldAt).min().orElse(Long.MAX_VALUE);
        for (int i = queue.size() - 1; i >= 0; i--) {
            ToldBuyer buyer = queue.get(i);
            if (buyer.waitingSentAt() > earliest) {
                faults.add("place %d of the draw waited although one behind was admitted".formatted(i + 1));
                return;
            }
            earliest = Math.min(earliest, buyer.admittedToldAt());
        }
    }

    /** The same for late ones, where one had a place before another asked for one. */
    private static void overtakenLate(List<ToldBuyer> late, List<String> faults) {
        ToldBuyer[] bySent = late.toArray(ToldBuyer[]::new);
        Arrays.sort(bySent, Comparator.comparingLong(ToldBuyer::joinSentAt));
        long[] admitted = new long[bySent.length + 1];
        admitted[bySent.length] = Long.MAX_VALUE;
        for (int i = bySent.length - 1; i >= 0; i--) {
            admitted[i] = Math.min(admitted[i + 1], bySent[i].admittedToldAt());
        }
        long[] sent = Arrays.stream(bySent).mapToLong(ToldBuyer::joinSentAt).toArray();
        for (ToldBuyer buyer : late) {
            int found = Arrays.binarySearch(sent, buyer.joinToldAt());
            int firstLater = found < 0 ? -found - 1 : found;
            if (buyer.joinToldAt() != 0 && buyer.waitingSentAt() > admitted[firstLater]) {
                faults.add("a buyer waited although one who came later was admitted");
                return;
            }
        }
    }
}
