package dev.doorbuster.devservices.machine;

import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.net.NodeNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What processes get from their machine: links among the nodes of a server, disks and clocks, each real or disturbable. */
public final class HostMachine implements AutoCloseable {
    private final boolean proxied;
    private final Optional<Volumes> volumes;
    private final Optional<Clocks> clocks;
    private final Map<ServerKind, NodeNetwork> networks = new ConcurrentHashMap<>();

    private HostMachine(boolean proxied, Optional<Volumes> volumes, Optional<Clocks> clocks) {
        this.proxied = proxied;
        this.volumes = volumes;
        this.clocks = clocks;
    }

    /** The machine as it is. */
    public static HostMachine undisturbed() {
        return new HostMachine(false, Optional.empty(), Optional.empty());
    }

    /** With proxies among the nodes of each server, and with what is given. */
    public static HostMachine disturbable(Optional<Volumes> volumes, Optional<Clocks> clocks) {
        return new HostMachine(true, volumes, clocks);
    }

    /** The links among the nodes of a server. */
    public NodeNetwork network(ServerKind kind) {
        return networks.computeIfAbsent(kind, first -> proxied ? NodeNetwork.proxied() : NodeNetwork.direct());
    }

    /** Empty where servers use the machine's disk. */
    public Optional<Volumes> volumes() {
        return volumes;
    }

    /** Empty where processes use the machine's clock. */
    public Optional<Clocks> clocks() {
        return clocks;
    }

    /** The command of a process, with what it needs to get its clock. */
    public List<String> command(String process, List<String> command) {
        var whole = new ArrayList<String>();
        // Not as variables of the process itself: it begins as root, and files of root's clock are closed to its own
        // account.
        clocks.map(each -> each.environment(process))
                .filter(variables -> !variables.isEmpty())
                .ifPresent(variables -> {
                    whole.add("env");
                    variables.forEach((name, value) -> whole.add(name + "=" + value));
                });
        whole.addAll(command);
        return whole;
    }

    @Override
    public void close() {
        networks.values().forEach(NodeNetwork::close);
        clocks.ifPresent(Clocks::close);
        volumes.ifPresent(Volumes::close);
    }
}
