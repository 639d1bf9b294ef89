package dev.doorbuster.devservices;

/**
 * What a broker listens on.
 *
 * @param epmd its own name server: Erlang's usual one would be started by the broker, outlive it, and be shared
 * @param distribution between Erlang nodes
 */
record RabbitPorts(int amqp, int management, int metrics, int epmd, int distribution) {
    static RabbitPorts free() {
        return free(Ports.free());
    }

    /** With a name server that there is already. */
    static RabbitPorts free(int epmd) {
        return new RabbitPorts(Ports.free(), Ports.free(), Ports.free(), epmd, Ports.free());
    }
}
