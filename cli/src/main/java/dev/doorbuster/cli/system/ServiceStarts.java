package dev.doorbuster.cli.system;

import dev.doorbuster.cli.system.plan.ServiceProgram;
import dev.doorbuster.cli.system.plan.ServiceSpecs;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.record.PidFiles;
import dev.doorbuster.devservices.support.SideBySide;
import java.net.URI;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Starts all services of a plan in parallel.
 *
 * @param started receives each service once it is ready; thread-safe
 */
public record ServiceStarts(
        SystemPlan plan,
        ServiceSpecs specs,
        PidFiles pidFiles,
        Consumer<String> progress,
        List<RunningService> started) {
    private static final int ORDER_PORT = 8080;
    private static final int NOTIFIER_PORT = 8082;
    private static final int RACE_LAB_PORT = 8083;
    private static final int MANAGEMENT_OFFSET = 1000;

    /** Returns when all are ready; if one fails, fails after the others have started or failed. */
    public void run() {
        run(EnumSet.allOf(ServiceProgram.class));
    }

    /** Starts only services of these programs. */
    public void run(Set<ServiceProgram> programs) {
        // Pages and streams need each other's ports before either starts.
        List<Integer> orderPorts = ports(plan.orderInstances(), ORDER_PORT);
        List<Integer> notifierPorts = ports(plan.notifierInstances(), NOTIFIER_PORT);
        Optional<Integer> raceLabPort = plan.raceLab() ? Optional.of(port(0, RACE_LAB_PORT)) : Optional.empty();
        var starts = new EnumMap<ServiceProgram, List<Runnable>>(ServiceProgram.class);
        starts.put(ServiceProgram.ORDER, orders(orderPorts, notifierPorts.get(0), raceLabPort));
        starts.put(ServiceProgram.STOCK, each(plan.stockInstances(), ordinal -> {
            int management = port(ordinal, ORDER_PORT + MANAGEMENT_OFFSET + 1);
            service(specs.stock(ordinal, plan.stockInstances(), management), 0, management);
        }));
        starts.put(ServiceProgram.NOTIFIER, each(plan.notifierInstances(), ordinal -> {
            int port = notifierPorts.get(ordinal);
            int management = port(ordinal, NOTIFIER_PORT + MANAGEMENT_OFFSET);
            service(specs.notifier(ordinal, port, management, orderPorts), port, management);
        }));
        starts.put(ServiceProgram.RACE_LAB, each(plan.raceLab() ? 1 : 0, ordinal -> {
            int port = raceLabPort.orElseThrow();
            int management = port(ordinal, RACE_LAB_PORT + MANAGEMENT_OFFSET);
            service(specs.raceLab(port, management, orderPorts), port, management);
        }));
        starts.keySet().retainAll(programs);
        SideBySide.run(starts.values().stream().flatMap(List::stream).toList());
    }

    private static List<Runnable> each(int instances, IntConsumer start) {
        return IntStream.range(0, instances)
                .<Runnable>mapToObj(ordinal -> () -> start.accept(ordinal))
                .toList();
    }

    private List<Runnable> orders(List<Integer> ports, int notifierPort, Optional<Integer> raceLabPort) {
        URI events = loopback(notifierPort);
        Optional<URI> raceLab = raceLabPort.map(ServiceStarts::loopback);
        return each(plan.orderInstances(), ordinal -> {
            int port = ports.get(ordinal);
            int management = port(ordinal, ORDER_PORT + MANAGEMENT_OFFSET);
            service(specs.order(ordinal, port, management, events, raceLab), port, management);
        });
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
        return choosePort(plan.standardPorts() && ordinal == 0, standard);
    }

    private void service(ProcessSpec spec, int port, int managementPort) {
        long began = System.nanoTime();
        ManagedProcess process = ManagedProcess.start(spec, pidFiles);
        long readyMillis = (System.nanoTime() - began) / 1_000_000;
        started.add(new RunningService(process, port, managementPort, readyMillis));
        progress.accept("%s ready in %.1f s%s".formatted(spec.name(), readyMillis / 1e3, warmUp(spec)));
    }

    private static String warmUp(ProcessSpec spec) {
        long millis = spec.ready() instanceof ServiceReady probe ? probe.warmingUpMillis() : 0;
        return millis == 0 ? "" : ", the last %.1f s of it warming up".formatted(millis / 1e3);
    }

    /** The standard port if it is wanted and free, else any free one. */
    public static int choosePort(boolean wanted, int standard) {
        return wanted && Ports.isFree(standard) ? standard : Ports.free();
    }
}
