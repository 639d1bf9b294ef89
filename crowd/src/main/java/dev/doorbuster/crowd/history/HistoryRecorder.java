package dev.doorbuster.crowd.history;

import dev.doorbuster.crowd.client.RequestLog;
import dev.doorbuster.crowd.client.RequestRecord;
import io.vertx.core.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records a history in memory and, where asked for, in a file. Thread-safe. */
public final class HistoryRecorder implements RequestLog, AutoCloseable {
    private final Optional<Writer> file;
    private final long beganNanos = System.nanoTime();
    private final Map<String, SaleRecord> sales = new LinkedHashMap<>();
    private final List<RequestRecord> requests = new ArrayList<>();
    private final List<FaultRecord> faults = new ArrayList<>();

    private HistoryRecorder(Optional<Writer> file) {
        this.file = file;
    }

    public static HistoryRecorder inMemory() {
        return new HistoryRecorder(Optional.empty());
    }

    public static HistoryRecorder toFile(Path path) {
        try {
            Files.createDirectories(path.getParent());
            BufferedWriter writer = Files.newBufferedWriter(path);
            return new HistoryRecorder(Optional.of(writer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long now() {
        return at(System.nanoTime());
    }

    /** The time of the history for one of {@link System#nanoTime}. */
    public long at(long nanos) {
        return (nanos - beganNanos) / 1000;
    }

    /** Writes a line for people who read the file; not part of the history. */
    public synchronized void note(String name, Object value) {
        line(name, value);
    }

    /** A sale begins, or is over. */
    public synchronized void add(SaleRecord sale) {
        sales.put(sale.sale(), sale);
        line("sale", sale);
    }

    /** The sale counted in that store that began last and is not over. */
    public synchronized Optional<SaleRecord> running(String counter) {
        return sales.values().stream()
                .filter(sale -> sale.counter().equals(counter) && sale.isRunning())
                .max(Comparator.comparingLong(SaleRecord::beganMicros));
    }

    @Override
    public synchronized void add(RequestRecord request) {
        requests.add(request);
        line("request", request);
    }

    public synchronized void add(FaultRecord fault) {
        faults.add(fault);
        line("fault", fault);
        flush();
    }

    public synchronized CrowdHistory read() {
        flush();
        return new CrowdHistory(List.copyOf(sales.values()), requests, faults);
    }

    private interface Action {
        void on(Writer writer) throws IOException;
    }

    private void line(String name, Object value) {
        write(writer -> writer.write(Json.encode(Map.of(name, value)) + "\n"));
    }

    private void flush() {
        write(Writer::flush);
    }

    private void write(Action action) {
        file.ifPresent(writer -> {
            try {
                action.on(writer);
            } catch (IOException e) {
                throw new UncheckedIOException("the history cannot be written", e);
            }
        });
    }

    @Override
    public synchronized void close() {
        write(Writer::close);
    }
}
