package dev.doorbuster.learn.memcached;

import com.google.code.yanf4j.core.impl.StandardSocketOption;
import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.run.LessonServer;
import dev.doorbuster.learn.run.LessonSession;
import dev.doorbuster.runtime.store.MemcachedConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.transcoders.StringTranscoder;

/** Lessons on the first Memcached server. The client is built by the first lesson; it blocks, so it has a worker thread. */
public final class MemcachedLessonServer implements LessonServer {
    private static final int WORKERS = 1;

    private final MemcachedConfig config;
    private final WorkerExecutor worker;
    private final Vertx vertx;
    private Future<RecordingRelay> relay;
    private Future<MemcachedClient> client;

    public MemcachedLessonServer(Vertx vertx, MemcachedConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.worker = vertx.createSharedWorkerExecutor(
                "learn-memcached", WORKERS, config.commandMax().multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Future<LessonSession> open(Lesson lesson) {
        if (client == null || client.failed()) {
            relay = RecordingRelay.start(vertx, config.servers().get(0));
            client = relay.compose(started -> blocking(() -> build(started.port())));
        }
        return client.compose(built -> {
            var session = new MemcachedSession(this, built, relay.result(), lesson);
            return session.clear().map(session);
        });
    }

    <T> Future<T> blocking(Callable<T> call) {
        return worker.executeBlocking(call, true);
    }

    private MemcachedClient build(int port) throws IOException {
        var builder = new XMemcachedClientBuilder(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)), new int[] {1});
        builder.setFailureMode(true);
        builder.setConnectionPoolSize(1);
        builder.setConnectTimeout(config.connectMax().toMillis());
        builder.setOpTimeout(config.commandMax().toMillis());
        builder.setTranscoder(new StringTranscoder());
        builder.setSocketOption(StandardSocketOption.SO_SNDBUF, MemcachedConfig.BUFFER_BYTES);
        MemcachedClient built = builder.build();
        // Its commands would be in the record.
        built.setEnableHeartBeat(false);
        return built;
    }

    @Override
    public String javaCall(Step step) {
        return new MemcachedCommand(step.command()).javaCall();
    }

    @Override
    public Future<Void> close() {
        Future<Void> over = client == null
                ? Future.succeededFuture()
                : client.compose(built -> blocking(() -> {
                    built.shutdown();
                    return null;
                }));
        return over.transform(done -> relay == null ? Future.succeededFuture() : relay.compose(RecordingRelay::close))
                .transform(done -> worker.close());
    }
}
