package dev.doorbuster.cli.chaos.fault;

/**
 * One line of the schedule.
 *
 * @param instance index of the service, follower or Sentinel; 0 for a server's leader and for rolling faults
 * @param atMillis since the start of the load
 * @param lengthMillis duration of a stall, or of a fault of network, disk or clock; else 0
 * @param lookBackMillis age of the copy that a store is rolled back to; else 0
 */
public record PlannedFault(FaultKind kind, int instance, long atMillis, long lengthMillis, long lookBackMillis) {
    /** Its description, as far as it is known in advance. */
    public String target() {
        if (!kind.isOfLeader()) {
            return kind.target() + " #" + instance;
        }
        boolean one = kind.target().isService() && kind.action() != FaultKind.Action.ROLL;
        return one ? kind.target() + "-" + instance : kind.target().toString();
    }

    public String detail() {
        return switch (kind.action()) {
            case ROLL_BACK -> "by %.1f s".formatted(lookBackMillis / 1e3);
            default -> kind.action().hasLength() ? "for %.1f s".formatted(lengthMillis / 1e3) : "";
        };
    }

    @Override
    public String toString() {
        return "%6.1f s  %-24s %-16s %s"
                .formatted(atMillis / 1e3, kind, target(), detail())
                .stripTrailing();
    }
}
