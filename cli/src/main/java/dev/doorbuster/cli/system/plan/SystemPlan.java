package dev.doorbuster.cli.system.plan;

import java.util.Locale;
import java.util.Map;

/**
 * What to start.
 *
 * @param standardPorts use the documented ports where they are free, for people; else any free ones
 * @param raceLab whether the race lab is started too, for people who want to learn
 * @param settings variables for every service, beyond those that the plan decides
 */
public record SystemPlan(
        int stockInstances,
        int orderInstances,
        int notifierInstances,
        boolean standardPorts,
        Topology topology,
        boolean raceLab,
        Map<String, String> settings) {
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
        settings = Map.copyOf(settings);
    }

    /** With the services' own defaults. */
    public SystemPlan(
            int stockInstances, int orderInstances, int notifierInstances, boolean standardPorts, Topology topology) {
        this(stockInstances, orderInstances, notifierInstances, standardPorts, topology, false, Map.of());
    }

    /** With one server of each kind. */
    public SystemPlan(int stockInstances, int orderInstances, int notifierInstances, boolean standardPorts) {
        this(stockInstances, orderInstances, notifierInstances, standardPorts, Topology.SINGLE);
    }

    /** The same, with these variables for every service. */
    public SystemPlan with(Map<String, String> variables) {
        return new SystemPlan(
                stockInstances, orderInstances, notifierInstances, standardPorts, topology, raceLab, variables);
    }

    /** The same, with so many notifiers. */
    public SystemPlan withNotifiers(int instances) {
        return new SystemPlan(stockInstances, orderInstances, instances, standardPorts, topology, raceLab, settings);
    }

    /** The same, with the race lab. */
    public SystemPlan withRaceLab() {
        return new SystemPlan(
                stockInstances, orderInstances, notifierInstances, standardPorts, topology, true, settings);
    }

    /** One instance of each service, at any free ports. */
    public SystemPlan withOneOfEach() {
        return new SystemPlan(1, 1, 1, false, topology, raceLab, settings);
    }
}
