package dev.doorbuster.runtime.trace;

import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.runtime.config.Environment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.HashMap;
import java.util.Map;

/** Trace configurations for tests. */
public final class TraceConfigs {
    private TraceConfigs() {}

    /** Names of variables, or of components with a constant value, each with its value. */
    static TraceConfig of(String... settings) {
        var variables = new HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            variables.put(settings[i], settings[i + 1]);
        }
        var env = new Environment(Map.copyOf(variables));
        TraceConfig config = TraceConfig.fromEnv(env, "test-service");
        env.check();
        return Overrides.in(config, variables);
    }

    /** Traces every sampled request and exports at once. */
    public static Tracing to(SpanExporter exporter) {
        return Tracing.start(
                of("DOORBUSTER_TRACE_EXPORTER", "otlp", "exportEvery", "10"), exporter, new SimpleMeterRegistry());
    }
}
