package dev.doorbuster.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.doorbuster.runtime.config.ConfigException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** Loads the logback.xml of the services in both formats. */
class LogFormatTest {
    @Test
    void writesJsonWithKeyValuesAsFields() throws JoranException {
        List<String> lines = logged("json", log -> {
            log.atWarn().addKeyValue("attempts", 3).log("the broker is away");
            log.error("and failed", new IllegalStateException("broken"));
        });

        var first = new JsonObject(lines.get(0));
        assertThat(first.getString("message")).isEqualTo("the broker is away");
        assertThat(first.getString("level")).isEqualTo("WARN");
        assertThat(first.getInteger("attempts")).isEqualTo(3);
        assertThat(first.getString("trace_id")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(first.getString("@timestamp")).endsWith("Z");
        assertThat(new JsonObject(lines.get(1)).getString("stack_trace")).contains("IllegalStateException: broken");
        assertThat(lines).hasSize(2);
    }

    @Test
    void writesPlainText() throws JoranException {
        List<String> lines = logged("text", log -> log.warn("the broker is away"));

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line).contains(" WARN ").endsWith("the broker is away"));
    }

    @Test
    void printsSpansWithoutPrefix() throws JoranException {
        List<String> lines = logged("text", log -> {
            var spans = ((ch.qos.logback.classic.Logger) log).getLoggerContext().getLogger("doorbuster.spans");
            spans.info("{\"traceId\":\"4b\"}");
        });

        assertThat(lines).containsExactly("{\"traceId\":\"4b\"}");
    }

    @Test
    void writesTextIfTheFormatIsUnknownSoThatTheErrorIsVisible() throws JoranException {
        assertThat(logged("xml", log -> log.warn("did not start")))
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith("did not start"));
    }

    @Test
    void rejectsAnUnknownFormat() {
        assertThatThrownBy(() -> LogFormat.fromEnv(Map.of("DOORBUSTER_LOG_FORMAT", "xml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("DOORBUSTER_LOG_FORMAT must be one of [TEXT, JSON], not xml");
    }

    private interface Speaker {
        void speak(Logger log);
    }

    private List<String> logged(String format, Speaker speaker) throws JoranException {
        var bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            var context = new LoggerContext();
            context.setMDCAdapter(MDC.getMDCAdapter());
            context.putProperty("DOORBUSTER_LOG_FORMAT", format);
            var configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
            Logger log = context.getLogger("test");
            MDC.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
            speaker.speak(log);
            context.stop();
        } finally {
            MDC.clear();
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
