package dev.doorbuster.notifier.room;

import dev.doorbuster.waitingroom.Admission;
import dev.doorbuster.waitingroom.RoomPhase;
import dev.doorbuster.waitingroom.RoomStats;

/** What this instance remembers of a room that it follows. */
final class FollowedRoom {
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
