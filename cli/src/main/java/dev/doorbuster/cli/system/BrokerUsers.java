package dev.doorbuster.cli.system;

import dev.doorbuster.cli.system.plan.SystemSecrets;
import dev.doorbuster.contracts.topology.Permissions;
import dev.doorbuster.devservices.rabbitmq.RabbitDefinitions;
import dev.doorbuster.devservices.support.Credentials;

/**
 * Definitions that the broker imports at each start: an administrator, and one user per service with the right to
 * declare its own connections' queues only.
 */
final class BrokerUsers {
    private static final String HOST = "/";

    private BrokerUsers() {}

    /** As JSON. */
    static String of(SystemSecrets systemSecrets) {
        var users = new RabbitDefinitions()
                .virtualHost(HOST)
                .user(systemSecrets.brokerAdmin(), "administrator")
                .permission(systemSecrets.brokerAdmin().user(), HOST, ".*", ".*", ".*");
        service(users, systemSecrets.orderService(), Permissions.ORDER_SERVICE);
        service(users, systemSecrets.stockService(), Permissions.STOCK_SERVICE);
        service(users, systemSecrets.notifier(), Permissions.NOTIFIER);
        lessons(users, systemSecrets.learn());
        return users.toJson();
    }

    private static void service(RabbitDefinitions definitions, Credentials user, Permissions may) {
        definitions.user(user, "").permission(user.user(), HOST, may.configure(), may.write(), may.read());
    }

    /** A virtual host of their own, in which their user may do everything. */
    private static void lessons(RabbitDefinitions definitions, Credentials user) {
        definitions.virtualHost(user.user()).user(user, "").permission(user.user(), user.user(), ".*", ".*", ".*");
    }
}
