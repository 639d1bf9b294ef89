package dev.doorbuster.cli.chaos.fault;

/**
 * One line of the schedule.
 *
 * @param instance which of the services of that kind, of the followers, or of the sentinels; 0 for the server that leads,
 *     and where it is all of them in turn
 * @param atMillis since the crowd began
 * @param lengthMillis of a stall; else 0
 * @param lookBackMillis how old the copy is that a store is rolled back to; else 0
 */
public record PlannedFault(FaultKind kind, int instance, long atMillis, long lengthMillis, long lookBackMillis) {
    /** As far as it is known before it happens. */
    public String target() {
        if (!kind.isOfLeader()) {
            return kind.target() + " #" + instance;
        }
        boolean one = kind.target().isService() && kind.action() != FaultKind.Action.ROLL;
        return one ? kind.target() + "-" + instance : kind.target().toString();
    }

    public String detail() {
        return switch (kind.action()) {
            case STALL -> "for %.1f s".formatted(lengthMillis / 1e3);
            case ROLL_BACK -> "by %.1f s".formatted(lookBackMillis / 1e3);
            default -> "";
        };
    }

    @Override
    public String toString() {
        return "%6.1f s  %-24s %-16s %s"
                .formatted(atMillis / 1e3, kind, target(), detail())
                .stripTrailing();
    }
}
