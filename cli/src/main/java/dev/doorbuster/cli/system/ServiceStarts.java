package dev.doorbuster.cli.system;

import dev.doorbuster.cli.system.plan.ServiceSpecs;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.record.ProcessLedger;
import dev.doorbuster.devservices.support.SideBySide;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Starts all services of a plan in parallel.
 *
 * @param started receives each service once it is ready; thread-safe
 */
public record ServiceStarts(
        SystemPlan plan,
        ServiceSpecs specs,
        ProcessLedger ledger,
        Consumer<String> progress,
        List<RunningService> started) {
    private static final int ORDER_PORT = 8080;
    private static final int NOTIFIER_PORT = 8082;
    private static final int RACE_LAB_PORT = 8083;
    private static final int MANAGEMENT_OFFSET = 1000;

    /** Returns when all are ready; if one fails, fails after the others have started or failed. */
    public void run() {
        // Pages and streams need each other's ports before either starts.
        List<Integer> orderPorts = ports(plan.orderInstances(), ORDER_PORT);
        List<Integer> notifierPorts = ports(plan.notifierInstances(), NOTIFIER_PORT);
        Optional<Integer> raceLabPort = plan.raceLab() ? Optional.of(port(0, RACE_LAB_PORT)) : Optional.empty();
        var starts = new ArrayList<Runnable>();
        orders(starts, orderPorts, notifierPorts.get(0), raceLabPort);
        for (int i = 0; i < plan.stockInstances(); i++) {
            int ordinal = i;
            int management = port(ordinal, ORDER_PORT + MANAGEMENT_OFFSET + 1);
            starts.add(() -> service(specs.stock(ordinal, plan.stockInstances(), management), 0, management));
        }
        for (int i = 0; i < plan.notifierInstances(); i++) {
            int ordinal = i;
            int port = notifierPorts.get(i);
            int management = port(ordinal, NOTIFIER_PORT + MANAGEMENT_OFFSET);
            starts.add(() -> service(specs.notifier(ordinal, port, management, orderPorts), port, management));
        }
        raceLabPort.ifPresent(port -> {
            int management = port(0, RACE_LAB_PORT + MANAGEMENT_OFFSET);
            starts.add(() -> service(specs.raceLab(port, management, orderPorts), port, management));
        });
        SideBySide.run(starts);
    }

    private void orders(List<Runnable> starts, List<Integer> ports, int notifierPort, Optional<Integer> raceLabPort) {
        URI events = loopback(notifierPort);
        Optional<URI> raceLab = raceLabPort.map(ServiceStarts::loopback);
        for (int i = 0; i < plan.orderInstances(); i++) {
            int ordinal = i;
            int port = ports.get(i);
            int management = port(ordinal, ORDER_PORT + MANAGEMENT_OFFSET);
            starts.add(() -> service(specs.order(ordinal, port, management, events, raceLab), port, management));
        }
    }

    private static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private List<Integer> ports(int instances, int standard) {
        return IntStream.range(0, instances)
                .mapToObj(ordinal -> port(ordinal, standard))
                .toList();
    }

    private int port(int ordinal, int standard) {
        return ServicePorts.choose(plan.standardPorts() && ordinal == 0, standard);
    }

    private void service(ProcessSpec spec, int port, int managementPort) {
        long began = System.nanoTime();
        ManagedProcess process = ManagedProcess.start(spec, ledger);
        long readyMillis = (System.nanoTime() - began) / 1_000_000;
        started.add(new RunningService(process, port, managementPort, readyMillis));
        progress.accept("%s ready in %.1f s%s".formatted(spec.name(), readyMillis / 1e3, warmUp(spec)));
    }

    private static String warmUp(ProcessSpec spec) {
        long millis = spec.ready() instanceof ServiceReady probe ? probe.warmingUpMillis() : 0;
        return millis == 0 ? "" : ", the last %.1f s of it warming up".formatted(millis / 1e3);
    }

    /** Ports of services on the loopback interface. */
    public static final class ServicePorts {
        private ServicePorts() {}

        /** The standard port if it is wanted and free, else any free one. */
        public static int choose(boolean wanted, int port) {
            return wanted && Ports.isFree(port) ? port : Ports.free();
        }
    }
}
