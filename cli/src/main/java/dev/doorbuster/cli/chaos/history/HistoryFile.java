package dev.doorbuster.cli.chaos.history;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The history as it is written: to the file, and kept for the judge. For any thread. */
public final class HistoryFile implements AutoCloseable {
    private final JsonMapper mapper = new JsonMapper();
    private final Path path;
    private final BufferedWriter writer;
    private final long beganNanos = System.nanoTime();
    private final Map<String, Round> rounds = new LinkedHashMap<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();

    private HistoryFile(Path path) throws IOException {
        this.path = path;
        this.writer = Files.newBufferedWriter(path);
    }

    public static HistoryFile create(Path path) {
        try {
            Files.createDirectories(path.getParent());
            return new HistoryFile(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    /** Microseconds since the run began. */
    public long now() {
        return (System.nanoTime() - beganNanos) / 1000;
    }

    /** What was planned, for whoever reads the file; nothing is concluded from it. */
    public synchronized void note(String name, Object value) {
        line(name, value);
    }

    /** A sale begins, or is over. */
    public synchronized void add(Round round) {
        rounds.put(round.sale(), round);
        line("round", round);
    }

    /** The sale counted in that store that began last and is not over. */
    public synchronized Optional<Round> running(String counter) {
        return rounds.values().stream()
                .filter(round -> round.counter().equals(counter) && round.overMicros() == Long.MAX_VALUE)
                .max(Comparator.comparingLong(Round::beganMicros));
    }

    public synchronized void add(Exchange exchange) {
        exchanges.add(exchange);
        line("exchange", exchange);
    }

    public synchronized void add(Happening happening) {
        happenings.add(happening);
        line("fault", happening);
        flush();
    }

    public synchronized History read() {
        flush();
        return new History(List.copyOf(rounds.values()), exchanges, happenings);
    }

    private void line(String name, Object value) {
        try {
            writer.write(mapper.writeValueAsString(Map.of(name, value)));
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    private void flush() {
        try {
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + path, e);
        }
    }
}
