package dev.doorbuster.cli.system;

import picocli.CommandLine.Option;

/** What can be said to each command that starts a system. */
public final class SystemOptions {
    @Option(names = "--stock-instances", description = "Default: ${DEFAULT-VALUE}.")
    private int stockInstances;

    @Option(names = "--order-instances", description = "Default: ${DEFAULT-VALUE}.")
    private int orderInstances;

    @Option(
            names = "--topology",
            defaultValue = "single",
            description = "single: one server of each kind; ha: enough of each that one may die. Default:"
                    + " ${DEFAULT-VALUE}.")
    private SystemPlan.Topology topology;

    /** With so many instances of each service that may have several, where nothing is said. */
    public SystemOptions(int instances) {
        stockInstances = instances;
        orderInstances = instances;
    }

    /** With one notifier, at any free ports. */
    public SystemPlan plan() {
        return new SystemPlan(stockInstances, orderInstances, 1, false, topology);
    }
}
