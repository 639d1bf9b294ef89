package dev.doorbuster.runtime.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of one of several equal servers.
 *
 * @param weight its share relative to the others; 1 by default
 */
public record Endpoint(String host, int port, int weight) {
    /** A name, an IPv4 address, or an IPv6 address in brackets. */
    private static final Pattern FORM =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\s:\\[\\],]+):(\\d{1,5})(?::(\\d{1,3}))?");

    private static final int PORT_MAX = 65_535;
    private static final int WEIGHT_MAX = 100;

    public Endpoint(String host, int port) {
        this(host, port, 1);
    }

    /** {@code host:port} or {@code host:port:weight}; empty for any other text. */
    static Optional<Endpoint> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(parts.group(2));
        int weight = parts.group(3) == null ? 1 : Integer.parseInt(parts.group(3));
        boolean possible = port >= 1 && port <= PORT_MAX && weight >= 1 && weight <= WEIGHT_MAX;
        return possible ? Optional.of(new Endpoint(parts.group(1), port, weight)) : Optional.empty();
    }

    boolean isAt(Endpoint other) {
        return host.equals(other.host) && port == other.port;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
