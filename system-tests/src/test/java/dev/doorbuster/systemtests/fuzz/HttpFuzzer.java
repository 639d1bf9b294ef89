package dev.doorbuster.systemtests.fuzz;

import dev.doorbuster.systemtests.fuzz.RawAnswers.RawAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Sends random connections to one server, several at a time. Case n of a seed has the same bytes in every run. */
final class HttpFuzzer {
    private static final int AT_ONCE = 24;
    /** After a request that is not whole, a server rightly says nothing. */
    private static final int SILENCE_MS = 60;

    private static final int CLOSING_MAX_MS = 20_000;
    private static final int FAULTS_MAX = 20;

    private final FuzzTarget target;
    private final long seed;
    private final AtomicLong next;
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Long> statuses = new TreeMap<>();

    HttpFuzzer(FuzzTarget target, long seed, long first) {
        this.target = target;
        this.seed = seed;
        this.next = new AtomicLong(first);
    }

    /** Sends the cases; what went wrong, each with the case and its bytes. */
    Queue<String> run(long count) throws InterruptedException {
        long last = next.get() + count;
        var workers = IntStream.range(0, AT_ONCE)
                .mapToObj(number -> new Thread(() -> work(last), "fuzz-" + number))
                .toList();
        workers.forEach(Thread::start);
        for (Thread worker : workers) {
            worker.join();
        }
        return faults;
    }

    synchronized Map<Integer, Long> statuses() {
        return new TreeMap<>(statuses);
    }

    private synchronized void count(int status) {
        statuses.merge(status, 1L, Long::sum);
    }

    private void work(long last) {
        for (long number = next.getAndIncrement();
                number < last && faults.size() < FAULTS_MAX;
                number = next.getAndIncrement()) {
            var random = new Random(seed * 1_000_003 + number);
            String bytes = new RequestGrammar(random, target.paths(), target.tokens()).connection();
            try {
                check(bytes, random);
            } catch (IOException | RuntimeException e) {
                faults.add("%s case %d: %s%n%s".formatted(target.name(), number, e, shown(bytes)));
            }
        }
    }

    private void check(String bytes, Random random) throws IOException {
        byte[] received = exchange(bytes.getBytes(StandardCharsets.ISO_8859_1), random);
        for (RawAnswer answer : RawAnswers.read(received, bytes.startsWith("HEAD "))) {
            count(answer.status());
            if (answer.status() == 101 || answer.status() >= 500) {
                throw new IOException("answered with " + answer.status() + ": " + answer.body());
            }
            boolean problem = answer.status() >= 400 && !bytes.startsWith("HEAD ");
            boolean said = "application/problem+json".equals(answer.headers().get("content-type"))
                    || answer.headers().getOrDefault("content-type", "").startsWith("text/html");
            if (problem && !said) {
                throw new IOException("a " + answer.status() + " that is no problem: " + answer);
            }
        }
    }

    /** Writes in one piece or in several, reads until the server closes or is silent, then ends the sending side. */
    private byte[] exchange(byte[] bytes, Random random) throws IOException {
        var received = new ByteArrayOutputStream();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), target.port())) {
            socket.setTcpNoDelay(true);
            int cut = random.nextInt(4) == 0 && bytes.length > 1 ? random.nextInt(bytes.length) : 0;
            socket.getOutputStream().write(bytes, 0, cut);
            if (random.nextInt(50) == 0) {
                // The client goes away in the middle, without reading: by a reset.
                socket.setSoLinger(true, 0);
                return new byte[0];
            }
            socket.getOutputStream().write(bytes, cut, bytes.length - cut);
            socket.setSoTimeout(SILENCE_MS);
            if (isRead(socket, received)) {
                return received.toByteArray();
            }
            socket.shutdownOutput();
            socket.setSoTimeout(CLOSING_MAX_MS);
            if (!isRead(socket, received)) {
                throw new IOException("the connection stays open, " + CLOSING_MAX_MS + " ms after its client ended it");
            }
        } catch (SocketException e) {
            // Reset by a server that refused the rest; what was read until then counts.
        }
        return received.toByteArray();
    }

    /** False where nothing more came in time. */
    private static boolean isRead(Socket socket, ByteArrayOutputStream received) throws IOException {
        var buffer = new byte[8192];
        try {
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                received.write(buffer, 0, read);
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static String shown(String bytes) {
        var text = new StringBuilder();
        bytes.chars().limit(2000).forEach(each -> {
            if (each == '\r') {
                text.append("\\r");
            } else if (each == '\n') {
                text.append("\\n\n");
            } else {
                text.append(each < 0x20 || each >= 0x7f ? "\\x%02x".formatted(each) : Character.toString(each));
            }
        });
        return text.toString();
    }
}
