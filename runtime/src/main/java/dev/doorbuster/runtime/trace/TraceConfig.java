package dev.doorbuster.runtime.trace;

import dev.doorbuster.runtime.config.Environment;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Sampling and export of traces.
 *
 * @param headers of each export, such as credentials for the collector; secret
 * @param ratio sampled share of the requests without a sampling decision of their client
 * @param exportMax longest export
 * @param exportEvery longest wait of a finished span before its export
 * @param queueMax finished spans that may wait; further spans are dropped
 * @param batchMax spans in one export
 */
public record TraceConfig(
        Exporter exporter,
        URI endpoint,
        Map<String, String> headers,
        String serviceName,
        double ratio,
        Duration exportMax,
        Duration exportEvery,
        int queueMax,
        int batchMax) {
    private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration EXPORT_INTERVAL = Duration.ofSeconds(1);
    private static final int QUEUE_MAX = 8192;
    private static final int BATCH_MAX = 512;

    private static final String ENDPOINT = "DOORBUSTER_TRACE_ENDPOINT";

    public enum Exporter {
        /** Tracing is off. */
        NONE,
        /** Each span is a JSON line of the log. */
        LOG,
        /** OTLP over HTTP, to a collector. */
        OTLP
    }

    public TraceConfig {
        headers = Map.copyOf(headers);
    }

    public static TraceConfig fromEnv(Environment env, String service) {
        return new TraceConfig(
                env.choice("DOORBUSTER_TRACE_EXPORTER", Exporter.class, Exporter.NONE),
                endpoint(env),
                ExportHeaders.read(env, "DOORBUSTER_TRACE_HEADERS"),
                service,
                env.fraction("DOORBUSTER_TRACE_RATIO", 0.01),
                EXPORT_TIMEOUT,
                EXPORT_INTERVAL,
                QUEUE_MAX,
                BATCH_MAX);
    }

    private static URI endpoint(Environment env) {
        String text = env.text(ENDPOINT, "http://localhost:4318/v1/traces");
        try {
            var uri = new URI(text);
            boolean fine = uri.getHost() != null
                    // it is logged; credentials belong in a header, which is not
                    && uri.getUserInfo() == null
                    && Set.of("http", "https").contains(String.valueOf(uri.getScheme()));
            if (fine) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // rejected below, like any other invalid address
        }
        env.reject(ENDPOINT + " must be http://host:port/path or https://host:port/path, without user and password");
        return URI.create("http://localhost");
    }

    @Override
    public String toString() {
        return "TraceConfig[" + exporter + ", " + endpoint + ", " + headers.size() + " headers, serviceName="
                + serviceName + ", ratio=" + ratio + "]";
    }
}
