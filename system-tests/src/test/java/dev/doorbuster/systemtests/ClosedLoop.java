package dev.doorbuster.systemtests;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** So many callers, each asking again as soon as it was answered. */
final class ClosedLoop {
    private final HttpClient client;
    private final int callers;
    private int turn;

    ClosedLoop(Vertx vertx, int callers) {
        this.callers = callers;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(callers));
    }

    /** Answers per second with this status code; any other fails the run. */
    Future<Double> run(int port, String path, List<String> tokens, int expected, Duration length) {
        var answers = new AtomicLong();
        long started = System.nanoTime();
        long end = started + length.toNanos();
        var request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path)
                .putHeader("Content-Type", "application/json");
        var caller = new Caller(request, tokens, expected, end, answers);
        return Future.join(IntStream.range(0, callers)
                        .mapToObj(i -> {
                            Promise<Void> done = Promise.promise();
                            caller.call(done);
                            return done.future();
                        })
                        .toList())
                .map(v -> answers.get() / ((System.nanoTime() - started) / 1e9));
    }

    /** One request after the other; a chain of futures would grow with each. */
    private final class Caller {
        private final RequestOptions request;
        private final List<String> tokens;
        private final int expected;
        private final long end;
        private final AtomicLong answers;

        Caller(RequestOptions request, List<String> tokens, int expected, long end, AtomicLong answers) {
            this.request = request;
            this.tokens = tokens;
            this.expected = expected;
            this.end = end;
            this.answers = answers;
        }

        void call(Promise<Void> done) {
            if (System.nanoTime() >= end) {
                done.complete();
                return;
            }
            String token = tokens.get(turn++ % tokens.size());
            client.request(request)
                    .compose(sending -> sending.putHeader("Authorization", "Bearer " + token)
                            .send(Buffer.buffer("{\"quantity\":1}")))
                    .compose(answer -> answer.body().map(body -> answer.statusCode()))
                    .onFailure(done::fail)
                    .onSuccess(status -> {
                        if (status != expected) {
                            done.fail("expected " + expected + ", was answered " + status);
                            return;
                        }
                        answers.incrementAndGet();
                        call(done);
                    });
        }
    }
}
