package dev.doorbuster.cli.system;

import dev.doorbuster.cli.system.plan.ServicePorts;
import dev.doorbuster.cli.system.plan.ServiceSpecs;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.record.ProcessLedger;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
        var starts = new ArrayList<Callable<RunningService>>();
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
        sideBySide(starts);
    }

    private void orders(
            List<Callable<RunningService>> starts,
            List<Integer> ports,
            int notifierPort,
            Optional<Integer> raceLabPort) {
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

    private RunningService service(ProcessSpec spec, int port, int managementPort) {
        long began = System.nanoTime();
        ManagedProcess process = ManagedProcess.start(spec, ledger);
        long readyMillis = (System.nanoTime() - began) / 1_000_000;
        var service = new RunningService(process, port, managementPort, readyMillis);
        started.add(service);
        progress.accept("%s ready in %.1f s%s".formatted(spec.name(), readyMillis / 1e3, warmUp(spec)));
        return service;
    }

    private static String warmUp(ProcessSpec spec) {
        long millis = spec.ready() instanceof ServiceReady probe ? probe.warmingUpMillis() : 0;
        return millis == 0 ? "" : ", the last %.1f s of it warming up".formatted(millis / 1e3);
    }

    /** Waits for all even if one fails, so that none starts after everything was stopped. */
    private static void sideBySide(List<Callable<RunningService>> starts) {
        ExecutorService threads = Executors.newFixedThreadPool(starts.size());
        try {
            for (Future<RunningService> start : threads.invokeAll(starts)) {
                RunningService unused = start.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the services started", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
