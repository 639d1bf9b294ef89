package dev.doorbuster.devservices.rabbitmq;

import dev.doorbuster.devservices.net.Ports;

/**
 * The ports of a broker.
 *
 * @param epmd its own name server: the default one would be started by the broker, outlive it, and be shared
 * @param distribution between Erlang nodes
 */
record RabbitPorts(int amqp, int management, int metrics, int epmd, int distribution) {
    static RabbitPorts free() {
        return free(Ports.free());
    }

    /** With an existing name server. */
    static RabbitPorts free(int epmd) {
        return new RabbitPorts(Ports.free(), Ports.free(), Ports.free(), epmd, Ports.free());
    }
}
