package dev.doorbuster.devservices.rabbitmq;

import dev.doorbuster.devservices.support.Credentials;

/**
 * Settings of RabbitMQ.
 *
 * @param definitions JSON imported at each start: users, virtual hosts, permissions, policies
 * @param user the user reported to clients; must be in the definitions
 * @param memoryMegabytesMax above it the broker blocks publishers
 */
public record RabbitOptions(String definitions, Credentials user, int memoryMegabytesMax) {
    private static final int MEMORY_MEGABYTES_MAX = 1_000;

    /** One administrator, {@code doorbuster}, with all permissions on the virtual host {@code /}. */
    public static RabbitOptions defaults() {
        Credentials admin = Credentials.generate("doorbuster");
        return new RabbitOptions(administrator(admin), admin, MEMORY_MEGABYTES_MAX);
    }

    private static String administrator(Credentials user) {
        return new RabbitDefinitions()
                .virtualHost("/")
                .user(user, "administrator")
                .permission(user.user(), "/", ".*", ".*", ".*")
                .toJson();
    }

    /** The same with users only, so that the rest can be imported later by the user. */
    RabbitOptions usersOnly() {
        return new RabbitOptions(administrator(user), user, memoryMegabytesMax);
    }

    public static RabbitOptions withDefinitions(String json, Credentials user) {
        return new RabbitOptions(json, user, MEMORY_MEGABYTES_MAX);
    }
}
