package dev.doorbuster.devservices.monitoring;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerHome;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.devservices.postgres.PostgresServer;
import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.command.ReadyProbe;
import dev.doorbuster.devservices.redis.RedisServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Prometheus exporter of one server, with {@code /metrics}. */
public final class MetricsExporter extends RealServer {
    private MetricsExporter(ServerKind kind, Path folder, int port, ManagedProcess process) {
        super(kind, folder, port, process);
    }

    public static MetricsExporter of(RedisServer redis, ServerHome home) {
        Path program = home.binaries().redisExporter().orElseThrow();
        String address = "redis://" + redis.host() + ":" + redis.port();
        return start(home, ServerKind.REDIS_EXPORTER, program, Map.of("REDIS_ADDR", address));
    }

    /** Uses the services' role, which may read everything the exporter needs. */
    public static MetricsExporter of(PostgresServer postgres, ServerHome home) {
        Path program = home.binaries().postgresExporter().orElseThrow();
        String address = "postgresql://%s:%s@%s:%d/%s?sslmode=disable"
                .formatted(
                        postgres.app().user(),
                        postgres.app().password(),
                        postgres.host(),
                        postgres.port(),
                        postgres.database());
        return start(home, ServerKind.POSTGRES_EXPORTER, program, Map.of("DATA_SOURCE_NAME", address));
    }

    private static MetricsExporter start(
            ServerHome home, ServerKind kind, Path program, Map<String, String> environment) {
        Path folder = home.folder(kind.label());
        return Ports.retryingOnConflict(() -> {
            int port = Ports.free();
            List<String> command = List.of(program.toString(), "--web.listen-address=" + LOOPBACK + ":" + port);
            ProcessSpec spec = home.spec(kind.label(), folder, command)
                    .withEnvironment(environment)
                    .withReady(ReadyProbe.answersOk(URI.create("http://" + LOOPBACK + ":" + port + "/metrics")));
            return new MetricsExporter(kind, folder, port, ManagedProcess.start(spec, home.pidFiles()));
        });
    }
}
