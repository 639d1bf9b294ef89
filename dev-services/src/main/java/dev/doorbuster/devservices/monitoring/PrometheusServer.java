package dev.doorbuster.devservices.monitoring;

import dev.doorbuster.devservices.Binaries;
import dev.doorbuster.devservices.Packages.MissingServersException;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerHome;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.command.ReadyProbe;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** Prometheus. */
public final class PrometheusServer extends RealServer {
    private PrometheusServer(Path folder, int port, ManagedProcess process) {
        super(ServerKind.PROMETHEUS, folder, port, process);
    }

    public static PrometheusServer start(ServerHome home, String configuration) {
        Path program = home.binaries().prometheus().orElseThrow();
        Path folder = home.folder(ServerKind.PROMETHEUS.label());
        Path file = folder.resolve("prometheus.yml");
        UncheckedIo.run(() -> Files.writeString(file, configuration));
        return Ports.retryingOnConflict(() -> {
            int port = Ports.free();
            List<String> command = List.of(
                    program.toString(),
                    "--config.file=" + file,
                    "--storage.tsdb.path=" + folder.resolve("data"),
                    "--web.listen-address=" + LOOPBACK + ":" + port);
            ProcessSpec spec = home.spec(ServerKind.PROMETHEUS.label(), folder, command)
                    .withReady(ReadyProbe.answersOk(URI.create("http://" + LOOPBACK + ":" + port + "/-/ready")));
            return new PrometheusServer(folder, port, ManagedProcess.start(spec, home.pidFiles()));
        });
    }

    /**
     * The path of its checker of configurations and rules.
     *
     * @throws MissingServersException if it is not installed
     */
    public static Path promtool() {
        return Binaries.ofThisMachine()
                .promtool()
                .orElseThrow(() -> new MissingServersException(EnumSet.of(ServerKind.PROMETHEUS)));
    }

    public URI uri() {
        return URI.create("http://" + host() + ":" + port());
    }
}
