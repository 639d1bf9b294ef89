package dev.doorbuster.order.edge.http.connection;

import dev.doorbuster.runtime.config.Environment;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Proxies trusted to report the client's address: {@value #HEADER} counts only in their requests.
 *
 * @param networks addresses of the proxies; may be empty
 */
public record TrustedProxies(List<IpSubnetFilterRule> networks) {
    /** Each proxy appends the address of its client. */
    public static final String HEADER = "X-Forwarded-For";

    private static final int IPV6_NETWORK_BYTES = 8;
    private static final int IPV6_BYTES = 16;

    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    public static TrustedProxies fromEnv(Environment env) {
        List<String> texts = env.list("DOORBUSTER_TRUSTED_PROXIES");
        List<Optional<IpSubnetFilterRule>> networks =
                texts.stream().map(TrustedProxies::network).toList();
        if (networks.stream().anyMatch(Optional::isEmpty)) {
            env.reject("DOORBUSTER_TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8, not " + texts);
        }
        return new TrustedProxies(networks.stream().flatMap(Optional::stream).toList());
    }

    /** An address range: all addresses with the same prefix. */
    private static Optional<IpSubnetFilterRule> network(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
        String length = slash < 0 ? "" : text.substring(slash + 1);
        if (address.isEmpty() || (slash >= 0 && !length.matches("\\d{1,3}"))) {
            return Optional.empty();
        }
        int bitsMax = address.get().getAddress().length * Byte.SIZE;
        int bits = slash < 0 ? bitsMax : Integer.parseInt(length);
        return bits <= bitsMax
                ? Optional.of(new IpSubnetFilterRule(address.get(), bits, IpFilterRuleType.ACCEPT))
                : Optional.empty();
    }

    /**
     * The key under which the client is counted: its address, for IPv6 the /64 network that one client usually has.
     * The header is read from its end: entries before the first address that is no proxy are unverified.
     */
    public String clientOf(HttpServerRequest request) {
        String peer = request.remoteAddress().hostAddress();
        return client(peer, request.headers().getAll(HEADER));
    }

    /**
     * As {@link #clientOf}.
     *
     * @param peer address of the connection's other end
     * @param headers values of {@value #HEADER} in their order; may be empty
     */
    public String client(String peer, List<String> headers) {
        InetAddress client = address(peer).orElse(null);
        if (client == null) {
            return peer;
        }
        String[] forwarded = String.join(",", headers).split(",", -1);
        for (int i = forwarded.length - 1; i >= 0 && isTrusted(client); i--) {
            Optional<InetAddress> before = address(withoutPort(forwarded[i].trim()));
            if (before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return counted(client);
    }

    private boolean isTrusted(InetAddress address) {
        var socket = new InetSocketAddress(address, 0);
        return networks.stream().anyMatch(network -> network.matches(socket));
    }

    private static String counted(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == IPV6_BYTES) {
            Arrays.fill(bytes, IPV6_NETWORK_BYTES, IPV6_BYTES, (byte) 0);
        }
        return NetUtil.bytesToIpAddress(bytes);
    }

    private static String withoutPort(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? text : text.substring(1, end);
        }
        int colon = text.indexOf(':');
        return colon >= 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
    }

    /** Parses literals only, never DNS names. IPv4-mapped IPv6 becomes IPv4. */
    private static Optional<InetAddress> address(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }
}
