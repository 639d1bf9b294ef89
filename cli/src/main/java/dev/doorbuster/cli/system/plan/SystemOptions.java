package dev.doorbuster.cli.system.plan;

import picocli.CommandLine.Option;

/** Options of every command that starts a system. */
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

    /** With default numbers of instances. */
    public SystemOptions(int instances) {
        stockInstances = instances;
        orderInstances = instances;
    }

    /** With one notifier and any free ports. */
    public SystemPlan plan() {
        return new SystemPlan(stockInstances, orderInstances, 1, false, topology);
    }
}
