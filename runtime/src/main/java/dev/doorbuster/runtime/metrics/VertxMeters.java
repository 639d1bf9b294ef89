package dev.doorbuster.runtime.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.VertxOptions;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.metrics.ClientMetrics;
import io.vertx.core.spi.metrics.DatagramSocketMetrics;
import io.vertx.core.spi.metrics.EventBusMetrics;
import io.vertx.core.spi.metrics.HttpClientMetrics;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.PoolMetrics;
import io.vertx.core.spi.metrics.TCPMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import io.vertx.micrometer.MicrometerMetricsFactory;

/** The meters of vertx-micrometer-metrics, with {@link HttpServerMeters} replaced. */
public final class VertxMeters implements VertxMetrics {
    private final VertxMetrics library;
    private final HttpServerMeters httpServers;

    private VertxMeters(VertxMetrics library, MeterRegistry registry) {
        this.library = library;
        this.httpServers = new HttpServerMeters(registry);
    }

    public static VertxMetricsFactory factory(MeterRegistry registry) {
        var library = new MicrometerMetricsFactory(registry);
        return (VertxOptions options) -> new VertxMeters(library.metrics(options), registry);
    }

    @Override
    public HttpServerMetrics<?, ?, ?> createHttpServerMetrics(HttpServerOptions options, SocketAddress address) {
        return httpServers;
    }

    @Override
    @SuppressWarnings("rawtypes") // raw in the interface
    public EventBusMetrics createEventBusMetrics() {
        return library.createEventBusMetrics();
    }

    @Override
    public ClientMetrics<?, ?, ?, ?> createClientMetrics(SocketAddress address, String type, String namespace) {
        return library.createClientMetrics(address, type, namespace);
    }

    @Override
    public HttpClientMetrics<?, ?, ?, ?> createHttpClientMetrics(HttpClientOptions options) {
        return library.createHttpClientMetrics(options);
    }

    @Override
    public TCPMetrics<?> createNetServerMetrics(NetServerOptions options, SocketAddress address) {
        return library.createNetServerMetrics(options, address);
    }

    @Override
    public TCPMetrics<?> createNetClientMetrics(NetClientOptions options) {
        return library.createNetClientMetrics(options);
    }

    @Override
    public DatagramSocketMetrics createDatagramSocketMetrics(DatagramSocketOptions options) {
        return library.createDatagramSocketMetrics(options);
    }

    @Override
    public PoolMetrics<?> createPoolMetrics(String type, String name, int sizeMax) {
        return library.createPoolMetrics(type, name, sizeMax);
    }

    @Override
    public boolean isMetricsEnabled() {
        return library.isMetricsEnabled();
    }

    @Override
    public void close() {
        library.close();
    }
}
