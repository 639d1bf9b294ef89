package dev.doorbuster.cli.system;

import dev.doorbuster.devservices.MemcachedOptions;
import dev.doorbuster.devservices.PostgresOptions;
import dev.doorbuster.devservices.RabbitOptions;
import dev.doorbuster.devservices.RedisOptions;
import dev.doorbuster.devservices.ServerPlan;
import dev.doorbuster.devservices.Servers;
import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.ProcessSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Everything running: servers first, then all services side by side. Closing it stops services before servers. */
public final class RunningSystem implements AutoCloseable {
    private static final int ORDER_PORT = 8080;
    private static final int NOTIFIER_PORT = 8082;
    private static final int RACE_LAB_PORT = 8083;
    private static final int MANAGEMENT_OFFSET = 1000;

    private final SystemPlan plan;
    private final Secrets secrets;
    private final Servers servers;
    private final Consumer<String> progress;
    private final List<RunningService> services = Collections.synchronizedList(new ArrayList<>());
    private final Restarter restarter;

    private RunningSystem(SystemPlan plan, Secrets secrets, Servers servers, Consumer<String> progress) {
        this.plan = plan;
        this.secrets = secrets;
        this.servers = servers;
        this.progress = progress;
        this.restarter = new Restarter(progress);
    }

    /**
     * Starts everything and returns when all of it is ready; where something does not start, nothing is left running.
     *
     * @param directory for data and logs; what an earlier run there left behind is ended first
     * @param progress told one line for each step
     */
    public static RunningSystem start(
            Distribution distribution, Path directory, SystemPlan plan, Consumer<String> progress) {
        Secrets secrets = Secrets.generate(directory);
        Servers servers = servers(directory, plan, secrets)
                .onProgress(step -> progress.accept(step.toString()))
                .start();
        var system = new RunningSystem(plan, secrets, servers, progress);
        try {
            system.startServices(new ServiceSpecs(distribution, directory, servers, secrets, plan.settings()));
            return system;
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
    }

    private static ServerPlan servers(Path directory, SystemPlan plan, Secrets secrets) {
        RabbitOptions rabbitmq = RabbitOptions.withDefinitions(
                BrokerDefinitions.of(secrets, plan.notifierInstances(), plan.topology() == SystemPlan.Topology.HA),
                secrets.brokerAdmin());
        return switch (plan.topology()) {
            case SINGLE ->
                ServerPlan.in(directory)
                        .redis(RedisOptions.defaults())
                        .memcached(MemcachedOptions.defaults())
                        .postgres(PostgresOptions.defaults())
                        .rabbitmq(rabbitmq);
            case HA ->
                ServerPlan.in(directory)
                        .redisWithSentinels(RedisOptions.defaults())
                        .memcachedServers(MemcachedOptions.defaults())
                        .postgresPair(PostgresOptions.defaults())
                        .rabbitmqCluster(rabbitmq);
        };
    }

    private void startServices(ServiceSpecs specs) {
        // Pages and streams have to know of each other before either starts.
        List<Integer> orderPorts = ports(plan.orderInstances(), ORDER_PORT);
        List<Integer> notifierPorts = ports(plan.notifierInstances(), NOTIFIER_PORT);
        URI events = URI.create("http://127.0.0.1:" + notifierPorts.get(0));
        Optional<Integer> raceLabPort = plan.raceLab() ? Optional.of(port(0, RACE_LAB_PORT)) : Optional.empty();
        Optional<URI> raceLab = raceLabPort.map(port -> URI.create("http://127.0.0.1:" + port));
        var starts = new ArrayList<Callable<RunningService>>();
        for (int i = 0; i < plan.orderInstances(); i++) {
            int ordinal = i;
            int port = orderPorts.get(i);
            int management = port(ordinal, ORDER_PORT + MANAGEMENT_OFFSET);
            starts.add(() -> service(specs.order(ordinal, port, management, events, raceLab), port, management));
        }
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
        ManagedProcess process = ManagedProcess.start(spec, servers.ledger());
        long readyMillis = (System.nanoTime() - began) / 1_000_000;
        var service = new RunningService(process, port, managementPort, readyMillis);
        services.add(service);
        progress.accept("%s ready in %.1f s".formatted(spec.name(), readyMillis / 1e3));
        return service;
    }

    /** All are waited for even where one fails, so that none comes up after everything was stopped. */
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

    /** From now on starts again whatever dies, and tells when it runs again. */
    public void keepRunning(Runnable restarted) {
        servers.all().forEach(server -> server.onExit(exit -> restarter.ended(exit, server::restart, restarted)));
        services()
                .forEach(service ->
                        service.process().onExit(exit -> restarter.ended(exit, service.process()::restart, restarted)));
    }

    public Secrets secrets() {
        return secrets;
    }

    public Servers servers() {
        return servers;
    }

    public List<RunningService> services() {
        synchronized (services) {
            return services.stream()
                    .sorted(java.util.Comparator.comparing(RunningService::name))
                    .toList();
        }
    }

    public List<RunningService> orderServices() {
        return named(name -> name.startsWith("order-service"));
    }

    public List<RunningService> stockServices() {
        return named(name -> name.startsWith("stock-service"));
    }

    public RunningService notifier() {
        return named(name -> name.startsWith("notifier")).get(0);
    }

    /** Empty where the plan has none. */
    public Optional<RunningService> raceLab() {
        return named(name -> name.startsWith("race-lab")).stream().findFirst();
    }

    private List<RunningService> named(Predicate<String> name) {
        return services().stream().filter(service -> name.test(service.name())).toList();
    }

    /** Stops the services, side by side, and then the servers; data and logs stay. */
    @Override
    public void close() {
        restarter.stop();
        services().stream().parallel().forEach(service -> service.process().stop());
        servers.stop();
    }

    /** As {@link #close()}, and the servers' data goes too. */
    public void discard() {
        restarter.stop();
        services().stream().parallel().forEach(service -> service.process().stop());
        servers.discard();
    }
}
