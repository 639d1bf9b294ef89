package dev.doorbuster.cli.system;

/**
 * What to start.
 *
 * @param standardPorts use the documented ports where they are free, for people; else any free ones
 */
public record SystemPlan(int stockInstances, int orderInstances, int notifierInstances, boolean standardPorts) {
    public SystemPlan {
        if (stockInstances < 1 || orderInstances < 1 || notifierInstances < 1) {
            throw new IllegalArgumentException("at least one instance of each service");
        }
    }
}
