package dev.doorbuster.cli.system.plan;

import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.ServiceReady;
import dev.doorbuster.cli.system.archive.ClassArchive;
import dev.doorbuster.cli.system.network.ServiceNetwork;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.Servers;
import dev.doorbuster.devservices.machine.HostMachine;
import dev.doorbuster.devservices.memcached.MemcachedServer;
import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.command.ProcessSpec.StopRule;
import dev.doorbuster.devservices.redis.RedisSentinel;
import dev.doorbuster.devservices.support.Credentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Process specification of each service: command, variables, readiness check.
 *
 * @param settings variables for every service; those set here take precedence
 * @param network between these services and their servers
 * @param machine whose clocks these services have
 * @param records whether each service records its {@link ClassArchive}
 */
public record ServiceSpecs(
        Distribution distribution,
        Path directory,
        Servers servers,
        SystemSecrets systemSecrets,
        Map<String, String> settings,
        ServiceNetwork network,
        HostMachine machine,
        boolean records) {
    /**
     * For a process that hangs as a whole: a start-up step that takes too long ends the process itself, with a
     * message.
     */
    private static final Duration READY_MAX = Duration.ofMinutes(5);

    private static final String DECLARE_TOPOLOGY = "dev.doorbuster.order.DeclareTopology";
    /** Some forty declarations and a JVM start on a busy machine. */
    private static final Duration DECLARED_MAX = Duration.ofMinutes(2);

    private static final StopRule STOP = new StopRule("TERM", Duration.ofSeconds(30), 10);
    private static final List<String> HANDED_ON = List.of("DOORBUSTER_LOG_", "DOORBUSTER_TRACE_");
    private static final List<String> SHOP = List.of(
            "DOORBUSTER_OIDC_",
            "DOORBUSTER_PAYMENT_SECRETS",
            "DOORBUSTER_SHOP_URL",
            "DOORBUSTER_STOREFRONT_URL",
            "DOORBUSTER_EMAIL_ENABLED",
            "DOORBUSTER_DEMO_LOGIN");
    private static final List<String> CHANNELS = List.of("DOORBUSTER_EMAIL_", "DOORBUSTER_SMTP_", "DOORBUSTER_WEBHOOK");
    /** A recording process writes its archive when it stops. */
    public static final Duration RECORDING_STOP_MAX = Duration.ofMinutes(3);

    private static final StopRule STOP_RECORDING = new StopRule("TERM", RECORDING_STOP_MAX, 10);
    /** A recording is given up rather than delaying a start. */
    private static final Duration RECORDING_READY_MAX = Duration.ofSeconds(90);

    /** The same services, each recording its {@link ClassArchive}. */
    public ServiceSpecs recording() {
        return new ServiceSpecs(
                distribution,
                directory,
                servers,
                systemSecrets,
                settings,
                ServiceNetwork.direct(),
                HostMachine.undisturbed(),
                true);
    }

    /** Archives of these services, modifiable; empty if none can be recorded. */
    public Map<ServiceProgram, ClassArchive> archives(Set<ServiceProgram> programs) {
        var archives = new EnumMap<ServiceProgram, ClassArchive>(ServiceProgram.class);
        if (distribution.canRecord()) {
            programs.forEach(program -> archives.put(program, archive(program)));
        }
        return archives;
    }

    private ClassArchive archive(ServiceProgram program) {
        return distribution.archive(program.module(), program.jvmOptions());
    }

    /**
     * Declares exchanges and queues as the broker's administrator, and ends. Uses the order-service's options, so
     * that its {@link ClassArchive} applies.
     */
    public ProcessSpec topology(SystemPlan plan) {
        var variables = new HashMap<>(handedOn(System.getenv(), HANDED_ON));
        broker(variables, addresses(servers.group(ServerKind.RABBITMQ).nodes()), systemSecrets.brokerAdmin());
        variables.put("DOORBUSTER_NOTIFIER_INSTANCES", Integer.toString(plan.notifierInstances()));
        variables.put("DOORBUSTER_RABBITMQ_REPLICATED", Boolean.toString(plan.topology() == SystemPlan.Topology.HA));
        List<String> command = distribution.java(
                ServiceProgram.ORDER.module(), DECLARE_TOPOLOGY, ServiceProgram.ORDER.jvmOptions(), List.of());
        return ProcessSpec.of("topology", directory, command)
                .withEnvironment(variables)
                .withReadyTimeout(DECLARED_MAX);
    }

    private static void broker(Map<String, String> variables, String nodes, Credentials user) {
        variables.put("DOORBUSTER_RABBITMQ_NODES", nodes);
        variables.put("DOORBUSTER_RABBITMQ_USER", user.user());
        variables.put("DOORBUSTER_RABBITMQ_PASSWORD", user.password());
    }

    /**
     * An edge and ledger.
     *
     * @param eventsOrigin the notifier's origin for browsers
     * @param raceLabOrigin the race lab's origin for browsers; empty if there is none
     */
    public ProcessSpec order(int ordinal, int port, int managementPort, URI eventsOrigin, Optional<URI> raceLabOrigin) {
        String name = ServiceProgram.ORDER.process(ordinal);
        var variables = common(name, ordinal, managementPort, systemSecrets.orderService());
        variables.putAll(handedOn(System.getenv(), SHOP));
        variables.put("DOORBUSTER_HTTP_PORT", Integer.toString(port));
        variables.put("DOORBUSTER_EVENTS_ORIGIN", eventsOrigin.toString());
        raceLabOrigin.ifPresent(origin -> variables.put("DOORBUSTER_RACE_LAB_ORIGIN", origin.toString()));
        variables.put("DOORBUSTER_ROLES", "edge,ledger");
        database(name, variables, servers.postgres().app());
        variables.put("DOORBUSTER_DB_OWNER_USER", servers.postgres().owner().user());
        variables.put("DOORBUSTER_DB_OWNER_PASSWORD", servers.postgres().owner().password());
        variables.put("DOORBUSTER_ORDER_ID_SECRET", systemSecrets.orderIds());
        variables.put("DOORBUSTER_OPERATOR_NAME", systemSecrets.operator().user());
        variables.put("DOORBUSTER_OPERATOR_PASSWORD", systemSecrets.operator().password());
        variables.putIfAbsent("DOORBUSTER_DEMO_LOGIN", "true");
        variables.putIfAbsent("DOORBUSTER_STOREFRONT_URL", storefront(port));
        return spec(ServiceProgram.ORDER, ordinal, managementPort, variables);
    }

    public ProcessSpec stock(int ordinal, int instances, int managementPort) {
        var variables =
                common(ServiceProgram.STOCK.process(ordinal), ordinal, managementPort, systemSecrets.stockService());
        variables.put("DOORBUSTER_INSTANCE_COUNT", Integer.toString(instances));
        return spec(ServiceProgram.STOCK, ordinal, managementPort, variables);
    }

    /**
     * A notifier.
     *
     * @param shopPorts of the pages that may open streams
     */
    public ProcessSpec notifier(int ordinal, int port, int managementPort, List<Integer> shopPorts) {
        var variables =
                common(ServiceProgram.NOTIFIER.process(ordinal), ordinal, managementPort, systemSecrets.notifier());
        variables.putAll(handedOn(System.getenv(), CHANNELS));
        variables.putAll(handedOn(System.getenv(), SHOP));
        variables.put("DOORBUSTER_HTTP_PORT", Integer.toString(port));
        variables.put("DOORBUSTER_CORS_ORIGINS", origins(shopPorts));
        variables.put("DOORBUSTER_SALES_URL", storefront(shopPorts.get(0)));
        variables.putIfAbsent("DOORBUSTER_STOREFRONT_URL", storefront(shopPorts.get(0)));
        return spec(ServiceProgram.NOTIFIER, ordinal, managementPort, variables);
    }

    /**
     * Races have a role of their own in the database; lessons have one too, and a virtual host of their own in the broker.
     *
     * @param shopPorts of the pages that may use it
     */
    public ProcessSpec raceLab(int port, int managementPort, List<Integer> shopPorts) {
        servers.postgres().grantOwnSchema(systemSecrets.raceLab());
        servers.postgres().grantOwnSchema(systemSecrets.learn());
        String name = ServiceProgram.RACE_LAB.process(0);
        var variables = aboutStores(name, managementPort);
        variables.put("DOORBUSTER_RABBITMQ_NODES", nodes(name, ServerKind.RABBITMQ));
        variables.put("DOORBUSTER_LEARN_PASSWORD", systemSecrets.learn().password());
        variables.put("DOORBUSTER_HTTP_PORT", Integer.toString(port));
        variables.put("DOORBUSTER_CORS_ORIGINS", origins(shopPorts));
        database(name, variables, systemSecrets.raceLab());
        return spec(ServiceProgram.RACE_LAB, 0, managementPort, variables);
    }

    private static String storefront(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static String origins(List<Integer> shopPorts) {
        return shopPorts.stream()
                .map(shop -> "http://127.0.0.1:" + shop + ",http://localhost:" + shop)
                .collect(Collectors.joining(","));
    }

    private void database(String service, Map<String, String> variables, Credentials role) {
        variables.put("DOORBUSTER_DB_HOST", servers.postgres().host());
        variables.put(
                "DOORBUSTER_DB_PORT",
                Integer.toString(network.port(
                        service,
                        ServerKind.POSTGRES.label(),
                        servers.group(ServerKind.POSTGRES).port())));
        variables.put("DOORBUSTER_DB_NAME", servers.postgres().database());
        variables.put("DOORBUSTER_DB_USER", role.user());
        variables.put("DOORBUSTER_DB_PASSWORD", role.password());
    }

    private Map<String, String> common(String service, int ordinal, int managementPort, Credentials user) {
        Map<String, String> variables = aboutStores(service, managementPort);
        variables.put("DOORBUSTER_INSTANCE_ORDINAL", Integer.toString(ordinal));
        broker(variables, nodes(service, ServerKind.RABBITMQ), user);
        variables.put("DOORBUSTER_RABBITMQ_DECLARE", "false");
        return variables;
    }

    private Map<String, String> aboutStores(String service, int managementPort) {
        var variables = new HashMap<>(handedOn(System.getenv(), HANDED_ON));
        variables.putAll(settings);
        variables.put("DOORBUSTER_HTTP_HOST", "127.0.0.1");
        variables.put("DOORBUSTER_MANAGEMENT_HOST", "127.0.0.1");
        variables.put("DOORBUSTER_MANAGEMENT_PORT", Integer.toString(managementPort));
        variables.put("DOORBUSTER_JWT_SECRET", systemSecrets.jwtSecret());
        if (servers.sentinels().isEmpty()) {
            variables.put("DOORBUSTER_REDIS_HOST", servers.redis().host());
            variables.put("DOORBUSTER_REDIS_PORT", Integer.toString(port(service, servers.redis())));
        } else {
            variables.put("DOORBUSTER_REDIS_SENTINELS", addresses(servers.sentinels()));
            variables.put("DOORBUSTER_REDIS_MASTER_NAME", RedisSentinel.MASTER_NAME);
        }
        variables.put("DOORBUSTER_MEMCACHED_SERVERS", memcached(service));
        return variables;
    }

    /** The caller's environment decides logging, tracing, the notifier's receivers and the shop; everything else is set here. */
    static Map<String, String> handedOn(Map<String, String> own, List<String> beginnings) {
        return own.entrySet().stream()
                .filter(each -> beginnings.stream().anyMatch(each.getKey()::startsWith))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private String nodes(String service, ServerKind kind) {
        return servers.group(kind).nodes().stream()
                .map(each -> each.host() + ":" + port(service, each))
                .collect(Collectors.joining(","));
    }

    private int port(String service, RealServer server) {
        return network.port(service, server.name(), server.port());
    }

    private static String addresses(List<? extends RealServer> servers) {
        return servers.stream().map(each -> each.host() + ":" + each.port()).collect(Collectors.joining(","));
    }

    String memcached(String service) {
        List<? extends RealServer> nodes = servers.group(ServerKind.MEMCACHED).nodes();
        // Several servers divide the keys by their addresses, which must be the same for all services.
        String client = nodes.size() == 1 ? service : ServiceNetwork.EVERY_SERVICE;
        return nodes.stream()
                .map(MemcachedServer.class::cast)
                .map(each -> each.host() + ":" + port(client, each) + ":" + each.weight())
                .collect(Collectors.joining(","));
    }

    private ProcessSpec spec(ServiceProgram program, int ordinal, int managementPort, Map<String, String> variables) {
        List<String> command = records
                ? distribution.javaRecording(program.module(), program.mainClass(), program.jvmOptions())
                : distribution.java(program.module(), program.mainClass(), program.jvmOptions(), List.of());
        String name = program.process(ordinal) + (records ? "-recording" : "");
        return ProcessSpec.of(name, directory, machine.command(name, command))
                .withEnvironment(variables)
                .withEnvironment(ServiceProgram.VARIABLES)
                .withReady(new ServiceReady(managementPort))
                .withReadyTimeout(records ? RECORDING_READY_MAX : READY_MAX)
                .withStop(records ? STOP_RECORDING : STOP);
    }
}
