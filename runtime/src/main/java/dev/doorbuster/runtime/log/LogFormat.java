package dev.doorbuster.runtime.log;

import ch.qos.logback.core.PropertyDefinerBase;
import dev.doorbuster.runtime.config.ConfigException;
import dev.doorbuster.runtime.config.Environment;
import java.util.Locale;
import java.util.Map;

/** The log format, as a property for logback.xml; its appenders have these names. */
public final class LogFormat extends PropertyDefinerBase {
    private static final String VARIABLE = "DOORBUSTER_LOG_FORMAT";

    private String asked = "";

    public enum Name {
        /** Plain text, for a terminal. */
        TEXT,
        /** One JSON object a line. */
        JSON
    }

    /** Called by logback. */
    public void setAsked(String asked) {
        this.asked = asked;
    }

    /** Falls back to text: logging starts before the configuration is checked and must be able to report its errors. */
    @Override
    public String getPropertyValue() {
        Name name;
        try {
            name = fromEnv(Map.of(VARIABLE, asked));
        } catch (ConfigException e) {
            name = Name.TEXT;
        }
        return name.name().toLowerCase(Locale.ROOT);
    }

    /** Throws {@link ConfigException} for an unknown format. */
    public static Name fromEnv(Map<String, String> variables) {
        var env = new Environment(variables);
        Name name = env.choice(VARIABLE, Name.class, Name.TEXT);
        env.check();
        return name;
    }
}
