package dev.doorbuster.runtime.log;

import ch.qos.logback.core.PropertyDefinerBase;
import dev.doorbuster.runtime.config.ConfigException;
import dev.doorbuster.runtime.config.Environment;
import java.util.Locale;
import java.util.Map;

/** The log's format, for logback.xml, whose appenders are called by these names. */
public final class LogFormat extends PropertyDefinerBase {
    private static final String VARIABLE = "DOORBUSTER_LOG_FORMAT";

    private String asked = "";

    /** The formats. */
    public enum Name {
        /** For people at a terminal. */
        TEXT,
        /** One JSON object a line. */
        JSON
    }

    /** Called by logback. */
    public void setAsked(String asked) {
        this.asked = asked;
    }

    /** The log begins before the configuration is checked, and is needed to tell what is wrong with it: by default text. */
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

    /** Throws {@link ConfigException} where the format is none of these. */
    public static Name fromEnv(Map<String, String> variables) {
        var env = new Environment(variables);
        Name name = env.choice(VARIABLE, Name.class, Name.TEXT);
        env.check();
        return name;
    }
}
