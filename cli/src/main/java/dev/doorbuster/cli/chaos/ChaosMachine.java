package dev.doorbuster.cli.chaos;

import dev.doorbuster.cli.chaos.fault.FaultKind;
import dev.doorbuster.devservices.machine.Clocks;
import dev.doorbuster.devservices.machine.HostMachine;
import dev.doorbuster.devservices.machine.Volumes;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The machine of a run, with disks and clocks that can be disturbed where its faults need them.
 *
 * @param kinds those that are possible here
 */
public record ChaosMachine(HostMachine machine, Set<FaultKind> kinds) {
    /** Services and servers that look at the time of day. */
    private static boolean hasClock(String process) {
        return process.matches("order-service-\\d+|postgres(-\\d+)?");
    }

    /**
     * Leaves out kinds that this machine or account does not allow, and says so.
     *
     * @param named kinds that must not be left out
     * @throws IllegalStateException if one of those is not possible, with the reason
     */
    public static ChaosMachine of(Path folder, Set<FaultKind> wanted, Set<FaultKind> named, Consumer<String> progress) {
        Set<FaultKind> possible = EnumSet.noneOf(FaultKind.class);
        possible.addAll(wanted);
        Optional<Volumes> volumes = Optional.empty();
        if (has(wanted, FaultKind.Group.DISKS)) {
            try {
                volumes = Optional.of(Volumes.in(folder));
            } catch (IllegalStateException e) {
                leaveOut(possible, FaultKind.Group.DISKS, named, e.getMessage(), progress);
            }
        }
        Optional<Clocks> clocks = Optional.empty();
        if (has(wanted, FaultKind.Group.CLOCKS)) {
            if (Clocks.arePossible()) {
                clocks = Optional.of(Clocks.of(ChaosMachine::hasClock));
            } else {
                leaveOut(
                        possible,
                        FaultKind.Group.CLOCKS,
                        named,
                        "install " + Clocks.PACKAGE + " to set the clock of a process",
                        progress);
            }
        }
        return new ChaosMachine(HostMachine.disturbable(volumes, clocks), possible);
    }

    private static boolean has(Set<FaultKind> kinds, FaultKind.Group group) {
        return kinds.stream().anyMatch(kind -> kind.group() == group);
    }

    private static void leaveOut(
            Set<FaultKind> kinds,
            FaultKind.Group group,
            Set<FaultKind> named,
            String reason,
            Consumer<String> progress) {
        var without = new TreeSet<>(kinds);
        without.removeIf(kind -> kind.group() != group);
        if (has(named, group)) {
            throw new IllegalStateException(without + ": " + reason);
        }
        kinds.removeAll(without);
        progress.accept("left out: " + without + ": " + reason);
    }
}
