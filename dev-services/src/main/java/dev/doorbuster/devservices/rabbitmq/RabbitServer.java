package dev.doorbuster.devservices.rabbitmq;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerHome;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.OneShot;
import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.command.ProcessSpec.StopRule;
import dev.doorbuster.devservices.process.command.ReadyProbe;
import dev.doorbuster.devservices.rabbitmq.RabbitFiles.RabbitPorts;
import dev.doorbuster.devservices.support.Credentials;
import dev.doorbuster.devservices.support.Directories;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** RabbitMQ with its management and Prometheus plugins, and the Erlang name server (epmd) that it needs. */
public final class RabbitServer extends RealServer {
    private static final StopRule STOP = new StopRule("TERM", Duration.ofSeconds(6), 0);

    /** The broker unregisters at epmd when it stops. */
    private static final StopRule STOP_AFTER_THE_BROKER = StopRule.TERMINATE.withRank(-1);

    private static final Duration COMMAND_MAX = Duration.ofSeconds(60);

    static final String NAME_SERVER = "rabbitmq-epmd";

    private final ServerHome home;
    private final RabbitFiles files;
    private final RabbitPorts ports;
    private final Credentials user;
    private final String nodeName;
    private final ManagedProcess nameServer;
    private final boolean ownsNameServer;

    private RabbitServer(ServerHome home, RabbitFiles files, ManagedProcess broker, ManagedProcess nameServer) {
        super(ServerKind.RABBITMQ, files.folder(), files.ports().amqp(), broker);
        this.home = home;
        this.files = files;
        this.ports = files.ports();
        this.user = files.options().user();
        this.nodeName = files.peers().nodeName();
        this.nameServer = nameServer;
        this.ownsNameServer = !files.peers().areSeveral();
    }

    public static RabbitServer start(ServerHome home, RabbitOptions options) {
        return Ports.retryingOnConflict(() -> {
            Path folder = home.volume(ServerKind.RABBITMQ.label());
            RabbitPeers alone = new RabbitPeers(0, 1, RabbitFiles.cookieIn(folder));
            RabbitFiles files = new RabbitFiles(folder, RabbitPorts.free(), options, alone, "");
            files.write();
            ManagedProcess nameServer =
                    startNameServer(home, NAME_SERVER, folder, files.ports().epmd());
            try {
                return new RabbitServer(home, files, startBroker(home, files), nameServer);
            } catch (RuntimeException e) {
                nameServer.stop();
                throw e;
            }
        });
    }

    /** Starts one node of a cluster, which shares one epmd. */
    static RabbitServer startNode(ServerHome home, RabbitFiles files, ManagedProcess nameServer) {
        return new RabbitServer(home, files, startBroker(home, files), nameServer);
    }

    static ManagedProcess startNameServer(ServerHome home, String name, Path folder, int port) {
        Path program = home.binaries().rabbit().orElseThrow().epmd();
        List<String> command = List.of(program.toString(), "-address", LOOPBACK, "-port", Integer.toString(port));
        return ManagedProcess.start(
                home.spec(name, folder, command)
                        .withReady(ReadyProbe.accepts(port))
                        .withStop(STOP_AFTER_THE_BROKER),
                home.pidFiles());
    }

    private static ManagedProcess startBroker(ServerHome home, RabbitFiles files) {
        Path program = home.binaries().rabbit().orElseThrow().server();
        ProcessSpec spec = home.spec(
                        files.peers().processName(), files.folder(), List.of(program.toString(), "-noinput"))
                .withEnvironment(files.environment())
                .withReady(ready(files.ports()))
                .withStop(STOP);
        return ManagedProcess.start(spec, home.pidFiles());
    }

    /** The AMQP listener opens last and is probed last: each earlier connection would log a warning. */
    private static ReadyProbe ready(RabbitPorts ports) {
        return ReadyProbe.answersOk(URI.create("http://" + LOOPBACK + ":" + ports.metrics() + "/metrics"))
                .and(ReadyProbe.accepts(ports.management()))
                .and(ReadyProbe.accepts(ports.amqp()));
    }

    /** Port of the HTTP API and the management UI. */
    public int managementPort() {
        return ports.management();
    }

    /** Port of {@code GET /metrics}. */
    public int metricsPort() {
        return ports.metrics();
    }

    @Override
    public List<Integer> ports() {
        return List.of(ports.amqp(), ports.management(), ports.metrics(), ports.distribution(), ports.epmd());
    }

    public int distributionPort() {
        return ports.distribution();
    }

    String nodeName() {
        return nodeName;
    }

    public Credentials user() {
        return user;
    }

    /** Creates a virtual host with full permissions for {@link #user()}, for a test with its own topology. */
    public void createVirtualHost(String name) {
        RabbitApi api = new RabbitApi(managementPort(), user);
        api.put("/api/vhosts/" + name, "{}");
        api.put(
                "/api/permissions/" + name + "/" + user.user(),
                "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");
    }

    /** Creates a user of a virtual host, or adds the virtual host, with these permissions only. */
    public void createUser(Credentials limited, String virtualHost, String configure, String write, String read) {
        String definitions = new RabbitDefinitions()
                .user(limited, "")
                .permission(limited.user(), virtualHost, configure, write, read)
                .toJson();
        new RabbitApi(managementPort(), user).post("/api/definitions", definitions);
    }

    /** Kills it, deletes its data and starts it again: an empty broker of the same name, with the users of its definitions. */
    public void loseData() {
        removeData();
        restart();
    }

    void removeData() {
        kill();
        Path data = folder().resolve(RabbitFiles.DATA);
        Directories.delete(data);
        UncheckedIo.run(() -> Files.createDirectories(data));
    }

    /** Runs one of RabbitMQ's own commands, such as {@code rabbitmqctl}, against this node. */
    void administer(String program, String... arguments) {
        Path path = home.binaries().rabbit().orElseThrow().server().resolveSibling(program);
        var command = new ArrayList<>(List.of(path.toString(), "--longnames", "--node", nodeName));
        command.addAll(List.of(arguments));
        OneShot.run(
                home.spec(program, folder(), command)
                        .withEnvironment(files.environment())
                        .withReadyTimeout(COMMAND_MAX),
                "");
    }

    @Override
    public void restart() {
        if (!nameServer.isAlive()) {
            nameServer.restart();
        }
        super.restart();
    }

    @Override
    public void stop() {
        super.stop();
        if (ownsNameServer) {
            nameServer.stop();
        }
    }

    @Override
    public void discardProcesses() {
        super.discardProcesses();
        if (ownsNameServer) {
            nameServer.kill();
        }
    }

    @Override
    public Map<String, String> variables() {
        Map<String, String> variables = super.variables();
        variables.put("DOORBUSTER_RABBITMQ_USER", user().user());
        variables.put("DOORBUSTER_RABBITMQ_PASSWORD", user().password());
        return variables;
    }
}
