package dev.doorbuster.runtime.start;

import dev.doorbuster.runtime.config.ConfigException;
import dev.doorbuster.runtime.log.LogFormat;
import dev.doorbuster.runtime.metrics.VertxMeters;
import dev.doorbuster.runtime.start.Lifecycle.StartException;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a service: a failed start logs one line and exits with 1; SIGTERM stops the service within a limit. */
public final class ServiceMain {
    /** The process ends after this time even if parts have not stopped; the sender of SIGTERM must wait longer. */
    public static final Duration STOP_MAX = Duration.ofSeconds(25);

    private static final Logger LOG = LoggerFactory.getLogger(ServiceMain.class);

    /** A restarted server may have another address; the TTL of Docker's DNS records is ten minutes. */
    private static final int ADDRESS_KEPT_SECONDS_MAX = 5;

    private ServiceMain() {}

    /** Starts a service from the environment; a failed future is a failed start. */
    public interface Starter {
        Future<? extends Service> start(Vertx vertx, PrometheusMeterRegistry metrics, Map<String, String> environment);
    }

    public static void run(String name, Starter starter) {
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        bindProcessMetrics(metrics);
        Vertx vertx = Vertx.builder()
                .with(options())
                .withMetrics(VertxMeters.factory(metrics))
                .build();
        EventLoopLag.measure(vertx, metrics);
        try {
            // No limit here: each step of the start has its own.
            Service service = start(starter, vertx, metrics)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(name, service, vertx), "stop"));
            LOG.info("{} is ready, {} ms after the start of its process", name, uptimeMs());
        } catch (ConfigException | ExecutionException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            LOG.debug("start failed", cause);
            LOG.error("{}", notStarted(name, cause));
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.exit(1);
        }
    }

    /** The warnings logged before name the server that the step waited for. */
    static String notStarted(String name, Throwable cause) {
        String advice = cause instanceof StartException
                ? ". See the warnings above; if there are none, the machine needs more processors"
                : "";
        return name + " did not start: " + StartException.why(cause) + advice;
    }

    private static long uptimeMs() {
        return ManagementFactory.getRuntimeMXBean().getUptime();
    }

    static VertxOptions options() {
        return new VertxOptions()
                .setAddressResolverOptions(new AddressResolverOptions().setCacheMaxTimeToLive(ADDRESS_KEPT_SECONDS_MAX))
                .setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true));
    }

    private static Future<? extends Service> start(Starter starter, Vertx vertx, PrometheusMeterRegistry metrics) {
        LogFormat.Name logged = LogFormat.fromEnv(System.getenv());
        LOG.debug("logging {}", logged);
        return starter.start(vertx, metrics, System.getenv());
    }

    private static void stop(String name, Service service, Vertx vertx) {
        try {
            Void unused = await(service.stop().compose(done -> vertx.close()), STOP_MAX);
            LOG.info("{} has stopped", name);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{} did not stop cleanly: {}", name, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T await(Future<T> future, Duration max)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(max.toMillis(), TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("resource") // lives as long as the process
    private static void bindProcessMetrics(PrometheusMeterRegistry metrics) {
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmGcMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        new UptimeMetrics().bindTo(metrics);
    }
}
