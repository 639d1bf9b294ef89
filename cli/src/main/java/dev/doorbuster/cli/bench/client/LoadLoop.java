package dev.doorbuster.cli.bench.client;

import dev.doorbuster.cli.bench.client.LoadResult.StatusAnswers;
import dev.doorbuster.crowd.history.Durations;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run on one thread. A closed loop sends the next request on a connection as soon as the previous one is
 * answered. An open loop sends at fixed times, independent of earlier requests; if no connection is free the request
 * waits, and its latency counts from its intended time; if none is free until the end the request is unsent.
 *
 * <p>Answers count for rates from the second second on, except in a run to a number of requests.
 */
final class LoadLoop implements AutoCloseable {
    private static final long ANSWERS_MAX_NANOS = 35_000_000_000L;
    private static final long SELECT_MAX_MS = 100;
    private static final long STARTING_MAX_NANOS = 1_000_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;

    private final LoadSpec spec;
    private final RequestEncoder requests;
    private final Selector selector;
    private final List<ClientConnection> connections = new ArrayList<>();
    private final Deque<ClientConnection> idle = new ArrayDeque<>();
    private final Durations lag = new Durations();
    private final Map<Integer, StatusCount> statuses = new TreeMap<>();
    private final long durationNanos;
    /** Requests to send: those that are due, or as many as possible. */
    private final long sendMax;

    private long beganNanos;
    private long windowNanos;
    private long endNanos;
    private long sent;
    private long answered;
    private long lost;

    private static final class StatusCount {
        private final Durations latency = new Durations();
        private long count;
        private long inWindow;

        private StatusAnswers answers() {
            return new StatusAnswers(count, inWindow, LoadResult.Percentiles.of(latency));
        }
    }

    /** Creates tokens and connections; sends no request yet. */
    LoadLoop(LoadSpec spec) throws IOException {
        this.spec = spec;
        this.requests = new RequestEncoder(spec);
        this.selector = Selector.open();
        this.durationNanos = spec.durationMs() * 1_000_000;
        long due = spec.isOpenLoop() ? (long) Math.ceil(spec.durationMs() / 1e3 * spec.perSecond()) : Long.MAX_VALUE;
        this.sendMax = spec.requestsMax() == 0 ? due : Math.min(due, spec.requestsMax());
        for (int i = 0; i < spec.connections(); i++) {
            var connection =
                    new ClientConnection(spec.ports().get(i % spec.ports().size()));
            connection.connect(selector);
            connections.add(connection);
            idle.add(connection);
        }
    }

    LoadResult run() throws IOException {
        beganNanos = System.nanoTime();
        windowNanos = beganNanos + (spec.requestsMax() == 0 ? Math.min(STARTING_MAX_NANOS, durationNanos / 2) : 0);
        endNanos = beganNanos + durationNanos;
        while (System.nanoTime() < endNanos && !isLimitReached()) {
            sendDue();
            select(isTimerNeeded() ? 1 : SELECT_MAX_MS);
        }
        if (spec.isOpenLoop()) {
            sendDue();
        }
        endNanos = System.nanoTime();
        long answersEndNanos = endNanos + ANSWERS_MAX_NANOS;
        while (answered + lost < sent && System.nanoTime() < answersEndNanos) {
            select(SELECT_MAX_MS);
        }
        lost += connections.stream().filter(ClientConnection::isOutstanding).count();
        var answers = new TreeMap<Integer, StatusAnswers>();
        statuses.forEach((status, count) -> answers.put(status, count.answers()));
        return new LoadResult(
                sent,
                spec.isOpenLoop() ? sendMax - sent : 0,
                (endNanos - windowNanos) / NANOS_PER_SECOND,
                lost,
                answers,
                LoadResult.Percentiles.of(lag));
    }

    private boolean isTimerNeeded() {
        return spec.isOpenLoop() && !idle.isEmpty();
    }

    private boolean isLimitReached() {
        return spec.requestsMax() > 0 && answered + lost >= spec.requestsMax();
    }

    private boolean maySend() {
        return sent < sendMax;
    }

    private void sendDue() {
        long now = System.nanoTime();
        while (!idle.isEmpty() && maySend()) {
            long due = spec.isOpenLoop() ? beganNanos + (long) (sent * NANOS_PER_SECOND / spec.perSecond()) : now;
            if (due > now) {
                return;
            }
            send(idle.poll(), due);
        }
    }

    private void send(ClientConnection connection, long due) {
        sent++;
        if (spec.isOpenLoop()) {
            lag.record(System.nanoTime() - due);
        }
        try {
            connection.send(requests, due);
        } catch (IOException e) {
            reconnect(connection);
        }
    }

    private void select(long maxMs) throws IOException {
        int unused = selector.select(this::handle, maxMs);
    }

    private void handle(SelectionKey key) {
        var connection = (ClientConnection) key.attachment();
        try {
            if (key.isWritable()) {
                connection.flush();
            }
            if (key.isReadable() && connection.receive()) {
                answer(connection);
            }
        } catch (IOException e) {
            reconnect(connection);
        }
    }

    private void answer(ClientConnection connection) {
        long now = System.nanoTime();
        answered++;
        StatusCount status = statuses.computeIfAbsent(connection.status(), first -> new StatusCount());
        status.count++;
        if (now >= windowNanos) {
            status.latency.record(now - connection.intendedNanos());
        }
        if (now > endNanos) {
            return;
        }
        status.inWindow += now >= windowNanos ? 1 : 0;
        if (spec.isOpenLoop() || !maySend()) {
            idle.add(connection);
        } else {
            send(connection, now);
        }
    }

    private void reconnect(ClientConnection connection) {
        boolean wasIdle = !connection.isOutstanding();
        lost += wasIdle ? 0 : 1;
        connection.close();
        try {
            connection.connect(selector);
            if (!wasIdle) {
                idle.add(connection);
            }
        } catch (IOException refused) {
            // Its share of the load is missing; the result shows it.
            connections.remove(connection);
        }
    }

    @Override
    public void close() throws IOException {
        connections.forEach(ClientConnection::close);
        selector.close();
    }
}
