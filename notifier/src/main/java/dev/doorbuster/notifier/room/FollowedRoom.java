package dev.doorbuster.notifier.room;

import dev.doorbuster.waitingroom.Admission;
import dev.doorbuster.waitingroom.RoomPhase;
import dev.doorbuster.waitingroom.RoomStats;
import java.time.Duration;
import java.util.ArrayDeque;

/** What this instance remembers of a room that it follows. */
final class FollowedRoom {
    /** Entrants admitted per second, measured over a sliding time. Bounded by the number of ticks in that time. */
    private static final class MeasuredAdmissions {
        private static final Duration OVER = Duration.ofSeconds(30);

        private record Count(long atNanos, long admitted) {}

        private final ArrayDeque<Count> counts = new ArrayDeque<>();

        void add(long nowNanos, long admitted) {
            counts.add(new Count(nowNanos, admitted));
            while (counts.size() > 2 && nowNanos - counts.peek().atNanos() > OVER.toNanos()) {
                counts.remove();
            }
        }

        /** The measured rate while there is one, else the configured one. */
        double perSecond(int configured) {
            if (counts.isEmpty()) {
                return configured;
            }
            double seconds = (counts.getLast().atNanos() - counts.peek().atNanos()) / 1e9;
            double admitted = counts.getLast().admitted() - counts.peek().admitted();
            // Below one admission the measure says nothing: the queue was empty.
            return seconds > 0 && admitted >= 1 ? admitted / seconds : configured;
        }
    }

    private final MeasuredAdmissions rate = new MeasuredAdmissions();
    private RoomStats stats;
    private long offered;
    private boolean seenOpen;
    private boolean ticking;

    /** False while a tick is in progress. */
    boolean beginsTick() {
        boolean begins = !ticking;
        ticking = true;
        return begins;
    }

    void endsTick() {
        ticking = false;
    }

    /** Whether the stats differ from those before. */
    boolean update(Admission admission, long nowNanos) {
        RoomStats now = admission.room();
        offered = admission.offered();
        rate.add(nowNanos, now.admitted());
        seenOpen |= now.phase() == RoomPhase.OPEN || now.phase() == RoomPhase.DOOR;
        boolean changed = !now.equals(stats);
        stats = now;
        return changed;
    }

    /** Whether the room was open at an earlier tick: a room that is not kept any more is then lost. */
    boolean wasOpen() {
        return seenOpen;
    }

    /** Whether an order may be of a buyer who stood by and was offered a unit. */
    boolean hasStandby() {
        return stats != null && stats.standby() + offered > 0;
    }

    /** Null before the first tick. */
    RoomStats stats() {
        return stats;
    }

    double perSecond(int configured) {
        return rate.perSecond(configured);
    }
}
