package dev.doorbuster.cli.system;

import java.util.Locale;

/**
 * What to start.
 *
 * @param standardPorts use the documented ports where they are free, for people; else any free ones
 */
public record SystemPlan(
        int stockInstances, int orderInstances, int notifierInstances, boolean standardPorts, Topology topology) {
    /** How many processes each server is. */
    public enum Topology {
        /** One of each. */
        SINGLE,
        /** Enough of each that one may die. */
        HA;

        /** As people write it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SystemPlan {
        if (stockInstances < 1 || orderInstances < 1 || notifierInstances < 1) {
            throw new IllegalArgumentException("at least one instance of each service");
        }
    }

    /** With one server of each kind. */
    public SystemPlan(int stockInstances, int orderInstances, int notifierInstances, boolean standardPorts) {
        this(stockInstances, orderInstances, notifierInstances, standardPorts, Topology.SINGLE);
    }
}
