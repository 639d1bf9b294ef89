package dev.doorbuster.devservices;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What can be run here: the servers that the system needs, those that watch it, and the browser that looks at its pages. */
public enum ServerKind {
    REDIS("redis", "redis-server"),
    MEMCACHED("memcached", "memcached"),
    RABBITMQ("rabbitmq", "rabbitmq-server"),
    POSTGRES("postgres", "postgresql"),
    PROMETHEUS("prometheus", "prometheus"),
    REDIS_EXPORTER("redis-exporter", "prometheus-redis-exporter"),
    POSTGRES_EXPORTER("postgres-exporter", "prometheus-postgres-exporter"),
    /** Chromium and its driver; the package of the driver needs the other. */
    BROWSER("browser", "chromium-driver");

    /** Nothing sells without them. */
    public static final Set<ServerKind> OF_THE_SYSTEM =
            Collections.unmodifiableSet(EnumSet.of(REDIS, MEMCACHED, RABBITMQ, POSTGRES));

    private final String label;
    private final String debianPackage;

    ServerKind(String label, String debianPackage) {
        this.label = label;
        this.debianPackage = debianPackage;
    }

    /** How it is called in messages, and the name of its folder. */
    public String label() {
        return label;
    }

    public String debianPackage() {
        return debianPackage;
    }
}
