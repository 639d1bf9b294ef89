package dev.doorbuster.devservices;

/** The servers that can be run here. */
public enum ServerKind {
    REDIS("redis", "redis-server"),
    MEMCACHED("memcached", "memcached"),
    RABBITMQ("rabbitmq", "rabbitmq-server"),
    POSTGRES("postgres", "postgresql");

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
