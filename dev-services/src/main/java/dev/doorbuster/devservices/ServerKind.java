package dev.doorbuster.devservices;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Programs to run: the servers of the system, monitoring, and a browser for page tests. */
public enum ServerKind {
    REDIS("redis", "redis-server"),
    MEMCACHED("memcached", "memcached"),
    RABBITMQ("rabbitmq", "rabbitmq-server"),
    POSTGRES("postgres", "postgresql"),
    PROMETHEUS("prometheus", "prometheus"),
    REDIS_EXPORTER("redis-exporter", "prometheus-redis-exporter"),
    POSTGRES_EXPORTER("postgres-exporter", "prometheus-postgres-exporter"),
    /** Chromium and its driver; the driver's package depends on Chromium. */
    BROWSER("browser", "chromium-driver");

    /** The servers that the system requires. */
    public static final Set<ServerKind> OF_THE_SYSTEM =
            Collections.unmodifiableSet(EnumSet.of(REDIS, MEMCACHED, RABBITMQ, POSTGRES));

    private final String label;
    private final String debianPackage;

    ServerKind(String label, String debianPackage) {
        this.label = label;
        this.debianPackage = debianPackage;
    }

    /** Name in messages, and of its folder. */
    public String label() {
        return label;
    }

    public String debianPackage() {
        return debianPackage;
    }
}
