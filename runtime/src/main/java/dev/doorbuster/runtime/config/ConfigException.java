package dev.doorbuster.runtime.config;

import java.util.List;

/** Contains all errors of the configuration. */
public final class ConfigException extends RuntimeException {
    public ConfigException(List<String> errors) {
        super("configuration: " + String.join("; ", errors));
    }
}
