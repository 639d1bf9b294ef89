package dev.doorbuster.cli.chaos.resources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.cli.chaos.fault.BrokerAdmin;
import dev.doorbuster.cli.chaos.resources.ResourceSample.Measure;
import dev.doorbuster.cli.system.ProcessUsage;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Samples memory, files, threads, connections, disk, metric series and queues. What does not answer has no sample. */
public final class ResourceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceWatch.class);
    private static final long LOOK_EVERY_SECONDS = 5;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
    private static final Path PROC = Path.of("/proc");
    private static final String ESTABLISHED = "01";
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int HEXADECIMAL = 16;
    private static final double BYTES_PER_MIB = 1 << 20;
    private static final double NANOS_PER_MINUTE = 60e9;

    private final RunningSystem system;
    private final BrokerAdmin broker;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
    private final long beganNanos = System.nanoTime();
    private final List<ResourceSample> samples = new ArrayList<>();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);

    private ResourceWatch(RunningSystem system) {
        this.system = system;
        this.broker = new BrokerAdmin(system.servers().group(ServerKind.RABBITMQ));
    }

    public static ResourceWatch of(RunningSystem system) {
        var watch = new ResourceWatch(system);
        watch.every(watch::processes);
        // The broker may be down, and its answer is awaited for long.
        watch.every(watch::queues);
        return watch;
    }

    private interface Look {
        void run() throws IOException, InterruptedException;
    }

    private void every(Look look) {
        var unused = threads.scheduleWithFixedDelay(
                () -> {
                    try {
                        look.run();
                    } catch (IOException | IllegalStateException e) {
                        LOG.debug("no sample: {}", e.toString());
                    } catch (InterruptedException closing) {
                        Thread.currentThread().interrupt();
                    }
                },
                0,
                LOOK_EVERY_SECONDS,
                TimeUnit.SECONDS);
    }

    private synchronized void add(Measure what, String where, double value) {
        samples.add(new ResourceSample((System.nanoTime() - beganNanos) / NANOS_PER_MINUTE, what, where, value));
    }

    public synchronized List<ResourceSample> samples() {
        return List.copyOf(samples);
    }

    private void processes() throws IOException, InterruptedException {
        Map<Integer, Integer> connections = connections();
        for (RealServer server : system.servers().all()) {
            process(server.name(), server.pid());
            add(Measure.CONNECTIONS, server.name(), connections.getOrDefault(server.port(), 0));
            add(Measure.DISK, server.name(), bytes(server.folder()) / BYTES_PER_MIB);
        }
        for (RunningService service : system.services()) {
            process(service.name(), service.process().pid());
            series(service);
        }
    }

    private void process(String name, long pid) {
        ProcessUsage.residentMebibytes(pid).ifPresent(mebibytes -> add(Measure.MEMORY, name, mebibytes));
        count(pid, "fd", Measure.FILES, name);
        count(pid, "task", Measure.THREADS, name);
    }

    private void count(long pid, String folder, Measure what, String name) {
        try (Stream<Path> entries = Files.list(PROC.resolve(Long.toString(pid)).resolve(folder))) {
            add(what, name, (double) entries.count());
        } catch (IOException ended) {
            LOG.trace("{}: {}", name, ended.toString());
        }
    }

    /** By local port, from {@code /proc/net/tcp} (proc(5)). */
    private static Map<Integer, Integer> connections() throws IOException {
        Map<Integer, Integer> byPort = new TreeMap<>();
        for (String file : List.of("tcp", "tcp6")) {
            Path table = PROC.resolve("net").resolve(file);
            for (String line : Files.exists(table) ? Files.readAllLines(table) : List.<String>of()) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields[STATE].equals(ESTABLISHED)) {
                    String port = fields[LOCAL].substring(fields[LOCAL].lastIndexOf(':') + 1);
                    byPort.merge(Integer.parseInt(port, HEXADECIMAL), 1, Integer::sum);
                }
            }
        }
        return byPort;
    }

    private static double bytes(Path folder) throws IOException {
        double sum = 0;
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.toList()) {
                sum += Files.isRegularFile(file) ? (double) file.toFile().length() : 0;
            }
        } catch (UncheckedIOException deletedMeanwhile) {
            throw deletedMeanwhile.getCause();
        }
        return sum;
    }

    private void series(RunningService service) throws InterruptedException {
        var request = HttpRequest.newBuilder(service.management().resolve("/metrics"))
                .timeout(ANSWER_MAX)
                .build();
        try {
            HttpResponse<String> page = http.send(request, HttpResponse.BodyHandlers.ofString());
            add(Measure.SERIES, service.name(), (double)
                    page.body().lines().filter(line -> !line.startsWith("#")).count());
        } catch (IOException silent) {
            LOG.trace("{}: {}", service.name(), silent.toString());
        }
    }

    /** The partitions of a queue together. */
    private void queues() {
        Map<String, Double> messages = new TreeMap<>();
        for (JsonNode queue : broker.queues()) {
            messages.merge(
                    queue.get("name").asText().replaceFirst("\\.\\d+$", ""),
                    queue.path("messages").asDouble(),
                    Double::sum);
        }
        messages.forEach((queue, count) -> {
            // Queues of one connection have random names.
            if (!queue.matches("chaos.*|.*[0-9a-f]{8}.*")) {
                add(Measure.MESSAGES, queue, count);
            }
        });
    }

    @Override
    public void close() {
        List<Runnable> unused = threads.shutdownNow();
    }
}
