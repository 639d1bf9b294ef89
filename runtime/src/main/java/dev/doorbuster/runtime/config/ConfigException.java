package dev.doorbuster.runtime.config;

import java.util.List;

/** Everything that is wrong with the configuration, at once. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(List<String> errors) {
        super("configuration: " + String.join("; ", errors));
    }
}
