package dev.doorbuster.cli.system;

import dev.doorbuster.cli.system.archive.ClassRecording;
import dev.doorbuster.cli.system.network.ServiceNetwork;
import dev.doorbuster.cli.system.plan.ServiceProgram;
import dev.doorbuster.cli.system.plan.ServiceSpecs;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.cli.system.plan.SystemSecrets;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.ServerPlan;
import dev.doorbuster.devservices.Servers;
import dev.doorbuster.devservices.machine.HostMachine;
import dev.doorbuster.devservices.memcached.MemcachedServers;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.devservices.postgres.PostgresPair;
import dev.doorbuster.devservices.postgres.PostgresServer;
import dev.doorbuster.devservices.process.OneShot;
import dev.doorbuster.devservices.rabbitmq.RabbitCluster;
import dev.doorbuster.devservices.rabbitmq.RabbitOptions;
import dev.doorbuster.devservices.redis.RedisFailover;
import dev.doorbuster.devservices.support.Credentials;
import dev.doorbuster.devservices.support.Directories;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The running system: servers start first, then all services in parallel. Closing it stops services before servers. */
public final class RunningSystem implements AutoCloseable {
    private static final int LEDGER_CONNECT_MAX_MS = 2_000;

    private final SystemSecrets systemSecrets;
    private final Servers servers;
    private final ServiceNetwork network;
    private final HostMachine machine;
    private final List<RunningService> services = Collections.synchronizedList(new ArrayList<>());
    private final Restarter restarter;

    private RunningSystem(
            SystemSecrets systemSecrets,
            Servers servers,
            ServiceNetwork network,
            HostMachine machine,
            Consumer<String> progress) {
        this.systemSecrets = systemSecrets;
        this.servers = servers;
        this.network = network;
        this.machine = machine;
        this.restarter = new Restarter(progress);
    }

    /**
     * Starts everything and returns once all is ready; if anything fails to start, everything is stopped.
     *
     * @param directory for data and logs; processes that an earlier run left are ended first
     * @param progress receives one line per step
     */
    public static RunningSystem start(
            Distribution distribution, Path directory, SystemPlan plan, Consumer<String> progress) {
        return start(distribution, directory, plan, ServiceNetwork.direct(), HostMachine.undisturbed(), progress);
    }

    /** As {@link #start(Distribution, Path, SystemPlan, Consumer)}; the network is closed with the system. */
    public static RunningSystem start(
            Distribution distribution,
            Path directory,
            SystemPlan plan,
            ServiceNetwork network,
            HostMachine machine,
            Consumer<String> progress) {
        SystemSecrets systemSecrets = SystemSecrets.generate(directory);
        Servers servers;
        try {
            servers = servers(directory, plan, systemSecrets)
                    .on(machine)
                    .onProgress(step -> progress.accept(step.toString()))
                    .start();
        } catch (RuntimeException e) {
            network.close();
            machine.close();
            throw e;
        }
        var system = new RunningSystem(systemSecrets, servers, network, machine, progress);
        try {
            system.deleteTemporaryFiles();
            var specs = new ServiceSpecs(
                    distribution, directory, servers, systemSecrets, plan.settings(), network, machine, false);
            OneShot.run(specs.topology(plan), "");
            ClassRecording.ofMissing(plan, specs, servers.pidFiles(), progress);
            system.startServices(new ServiceStarts(plan, specs, servers.pidFiles(), progress, system.services));
            return system;
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
    }

    /** Ports are chosen for all services at once, because they know each other's: with one taken, all start again. */
    private void startServices(ServiceStarts starts) {
        List<RunningService> unused = Ports.retryingOnConflict(() -> {
            try {
                starts.run();
                return services;
            } catch (RuntimeException e) {
                stopServices();
                services.clear();
                throw e;
            }
        });
    }

    private static ServerPlan servers(Path directory, SystemPlan plan, SystemSecrets systemSecrets) {
        RabbitOptions rabbitmq =
                RabbitOptions.withDefinitions(BrokerUsers.of(systemSecrets), systemSecrets.brokerAdmin());
        return switch (plan.topology()) {
            case SINGLE ->
                ServerPlan.in(directory)
                        .with(ServerKind.REDIS, ServerKind.MEMCACHED, ServerKind.POSTGRES)
                        .rabbitmq(rabbitmq);
            case HA ->
                ServerPlan.in(directory)
                        .several(ServerKind.REDIS, RedisFailover::start)
                        .several(ServerKind.MEMCACHED, MemcachedServers::start)
                        .several(ServerKind.POSTGRES, PostgresPair::start)
                        .several(ServerKind.RABBITMQ, home -> RabbitCluster.start(home, rabbitmq));
        };
    }

    /** Restarts processes that end from now on; the callback runs when one is running again. */
    public void keepRunning(Runnable restarted) {
        servers.all().forEach(server -> server.onExit(exit -> restarter.ended(exit, server::restart, restarted)));
        services()
                .forEach(service ->
                        service.process().onExit(exit -> restarter.ended(exit, service.process()::restart, restarted)));
    }

    public SystemSecrets secrets() {
        return systemSecrets;
    }

    public Servers servers() {
        return servers;
    }

    public ServiceNetwork network() {
        return network;
    }

    public HostMachine machine() {
        return machine;
    }

    public List<RunningService> services() {
        synchronized (services) {
            return services.stream()
                    .sorted(java.util.Comparator.comparing(RunningService::name))
                    .toList();
        }
    }

    /** Logs in as the operator. Log-in attempts are limited: one is to serve several requests. */
    public ApiClient operator() throws InterruptedException {
        Credentials operator = systemSecrets.operator();
        return ApiClient.login(orderServices().get(0).http(), operator.user(), operator.password());
    }

    /** Connection data of the ledger's current leader, with the services' user of least privilege. */
    public PgConnectOptions ledger() {
        PostgresServer server = servers.postgres();
        return new PgConnectOptions()
                .setHost(server.host())
                .setPort(servers.group(ServerKind.POSTGRES).port())
                .setDatabase(server.database())
                .setUser(server.app().user())
                .setPassword(server.app().password())
                .setConnectTimeout(LEDGER_CONNECT_MAX_MS);
    }

    public List<RunningService> orderServices() {
        return named("order-service");
    }

    public List<RunningService> stockServices() {
        return named("stock-service");
    }

    public RunningService notifier() {
        return named("notifier").get(0);
    }

    /** Empty if the plan has none. */
    public Optional<RunningService> raceLab() {
        return named("race-lab").stream().findFirst();
    }

    /** The instances of a service. */
    public List<RunningService> named(String service) {
        return services().stream()
                .filter(each -> each.name().startsWith(service))
                .toList();
    }

    /** Stops the services in parallel, then the servers; data and logs stay. */
    @Override
    public void close() {
        restarter.stop();
        stopServices();
        servers.stop();
        network.close();
        machine.close();
    }

    /** As {@link #close()}, and deletes the servers' data. */
    public void discard() {
        restarter.stop();
        stopServices();
        servers.discard();
        network.close();
        machine.close();
    }

    private void stopServices() {
        services().stream().parallel().forEach(service -> service.process().stop());
        deleteTemporaryFiles();
    }

    /** Those of killed services. */
    private void deleteTemporaryFiles() {
        Directories.delete(servers.directory().resolve(ServiceProgram.TEMPORARY));
    }
}
