package dev.doorbuster.devservices.rabbitmq;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.devservices.support.Credentials;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/**
 * The folder of a broker: its configuration, and an environment that excludes any other configuration.
 *
 * @param links further arguments for its links to other nodes, or empty
 */
record RabbitFiles(Path folder, RabbitPorts ports, RabbitOptions options, RabbitPeers peers, String links) {
    /** Below the folder: all that is lost when a broker loses its disk. */
    static final String DATA = "data";

    /** The shared secret of Erlang nodes; readable by its owner only. */
    private static final String COOKIE = ".erlang.cookie";

    private static final int COOKIE_BYTES = 20;
    private static final Duration CONSUMER_TIMEOUT = Duration.ofDays(7);
    private static final int DISK_FREE_MEGABYTES_MIN = 200;

    /**
     * Idle Erlang schedulers must not spin, because the servers share a few cores, and half of the processors have one: each
     * message would wake the others. Shutdown is limited to 2 s: the broker closes its stores after 0.05 s, but the plugins'
     * HTTP listeners would take another 6 s.
     */
    private static final String ERLANG_ARGUMENTS =
            "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none +SP 50:50 -shutdown_time 2000";

    /** Arguments by which a node's connections to others come from this address. */
    static String connectFrom(String address) {
        return " -kernel inet_dist_connect_options [{ip,{" + address.replace('.', ',') + "}}]";
    }

    void write() {
        UncheckedIo.run(() -> {
            Files.createDirectories(folder.resolve(DATA));
            writePrivate(COOKIE, peers.cookie());
            writePrivate("definitions.json", options.definitions());
            Files.writeString(folder.resolve("enabled_plugins"), "[rabbitmq_management,rabbitmq_prometheus].\n");
            Files.writeString(folder.resolve("rabbitmq.conf"), configuration());
        });
    }

    /** The existing cookie, or a new one that is not written yet. */
    static String cookieIn(Path folder) {
        return UncheckedIo.get(() -> {
            Path file = folder.resolve(COOKIE);
            return Files.exists(file)
                    ? Files.readString(file)
                    : HexFormat.of().formatHex(Credentials.randomBytes(COOKIE_BYTES));
        });
    }

    private void writePrivate(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    private String configuration() {
        return String.join(
                "\n",
                "listeners.tcp.1 = " + RealServer.LOOPBACK + ":" + ports.amqp(),
                "management.tcp.ip = " + RealServer.LOOPBACK,
                "management.tcp.port = " + ports.management(),
                "prometheus.tcp.ip = " + RealServer.LOOPBACK,
                "prometheus.tcp.port = " + ports.metrics(),
                "load_definitions = " + folder.resolve("definitions.json"),
                // Computed by Erlang. The default reads /proc, which may be missing in a chroot.
                "vm_memory_calculation_strategy = allocated",
                "vm_memory_high_watermark.absolute = " + options.memoryMegabytesMax() + "MB",
                "disk_free_limit.absolute = " + DISK_FREE_MEGABYTES_MIN + "MB",
                // A consumer keeps the orders of a sale for as long as their store is away.
                "consumer_timeout = " + CONSUMER_TIMEOUT.toMillis(),
                "log.file = false",
                "log.console = true",
                "log.console.level = info",
                peers.areSeveral() ? peers.configuration() : "",
                "");
    }

    Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("HOME", folder.toString()),
                Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
                Map.entry("RABBITMQ_NODENAME", peers.nodeName()),
                Map.entry("RABBITMQ_USE_LONGNAME", "true"),
                Map.entry("RABBITMQ_NODE_IP_ADDRESS", RealServer.LOOPBACK),
                Map.entry("RABBITMQ_NODE_PORT", Integer.toString(ports.amqp())),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(ports.distribution())),
                Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve(DATA).toString()),
                Map.entry("RABBITMQ_LOG_BASE", folder.resolve(DATA).toString()),
                Map.entry(
                        "RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString()),
                Map.entry(
                        "RABBITMQ_ADVANCED_CONFIG_FILE", folder.resolve("none").toString()),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        folder.resolve("enabled_plugins").toString()),
                Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
                Map.entry("RABBITMQ_LOG", "-color"),
                Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", ERLANG_ARGUMENTS + links),
                // The start script then execs the broker instead of waiting for it: its pid is the broker's.
                Map.entry("RABBITMQ_ALLOW_INPUT", "1"),
                Map.entry("ERL_EPMD_PORT", Integer.toString(ports.epmd())),
                Map.entry("ERL_EPMD_ADDRESS", RealServer.LOOPBACK));
    }

    /**
     * The ports of a broker.
     *
     * @param epmd its own name server: the default one would be started by the broker, outlive it, and be shared
     * @param distribution between Erlang nodes
     */
    record RabbitPorts(int amqp, int management, int metrics, int epmd, int distribution) {
        static RabbitPorts free() {
            return free(Ports.free());
        }

        /** With an existing name server. */
        static RabbitPorts free(int epmd) {
            return new RabbitPorts(Ports.free(), Ports.free(), Ports.free(), epmd, Ports.free());
        }
    }
}
