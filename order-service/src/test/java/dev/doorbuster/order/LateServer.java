package dev.doorbuster.order;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.RealServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A server that starts after a program has already failed to connect to it. */
public final class LateServer {
    private static final int ATTEMPTS_BEFORE = 2;
    private static final long MAX_SECONDS = 120;

    private LateServer() {}

    /** Runs the program, lets its first attempts fail, starts the server, and waits for the program's end. */
    public static void during(RealServer server, Callable<Void> program) throws IOException {
        server.kill();
        CompletableFuture<Void> ended;
        try (var away = new ServerSocket(server.port(), 1, InetAddress.getByName(server.host()))) {
            ended = CompletableFuture.supplyAsync(() -> call(program));
            for (int attempt = 0; attempt < ATTEMPTS_BEFORE; attempt++) {
                away.accept().close();
            }
            assertThat(ended).as("the program, without its server").isNotDone();
        }
        server.restart();
        await().atMost(MAX_SECONDS, SECONDS).until(ended::isDone);
        assertThat(ended).isCompleted();
    }

    private static Void call(Callable<Void> program) {
        try {
            return program.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
