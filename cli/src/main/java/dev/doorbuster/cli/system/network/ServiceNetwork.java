package dev.doorbuster.cli.system.network;

import dev.doorbuster.devservices.net.NetworkFault;
import dev.doorbuster.devservices.net.TcpProxy;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/** How services reach servers: directly, or each through a proxy of its own to each server, which can be disturbed. */
public final class ServiceNetwork implements AutoCloseable {
    /** A link that all services share. */
    public static final String EVERY_SERVICE = "every service";

    private record Link(String service, String server) {}

    private final boolean proxied;
    private final Map<Link, TcpProxy> proxies = new ConcurrentHashMap<>();

    private ServiceNetwork(boolean proxied) {
        this.proxied = proxied;
    }

    public static ServiceNetwork direct() {
        return new ServiceNetwork(false);
    }

    public static ServiceNetwork proxied() {
        return new ServiceNetwork(true);
    }

    /**
     * The port at which a service reaches a server; the same at each call.
     *
     * @param port of the server itself
     */
    public int port(String service, String server, int port) {
        return proxied
                ? proxies.computeIfAbsent(new Link(service, server), link -> TcpProxy.to(port))
                        .port()
                : port;
    }

    /**
     * Disturbs links; returns what ends the fault.
     *
     * @param links of which service and server
     * @throws IllegalStateException if there is no such link
     */
    public Runnable disturb(NetworkFault fault, BiPredicate<String, String> links) {
        Collection<TcpProxy> chosen = proxies.entrySet().stream()
                .filter(each ->
                        links.test(each.getKey().service(), each.getKey().server()))
                .map(Map.Entry::getValue)
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalStateException("no such link; there are " + proxies.keySet());
        }
        chosen.forEach(each -> each.disturb(fault));
        return () -> chosen.forEach(TcpProxy::heal);
    }

    @Override
    public void close() {
        proxies.values().forEach(TcpProxy::close);
    }
}
