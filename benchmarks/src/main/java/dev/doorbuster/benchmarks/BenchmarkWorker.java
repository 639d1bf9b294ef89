package dev.doorbuster.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The worker process. Argument: counter, transport or ledger. Ends at the end of standard input. */
public final class BenchmarkWorker {
    /** Limit of one call to a server: the naive variants let callers wait longer than a service does. */
    static final Duration CALL_MAX = Duration.ofSeconds(20);

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final long STARTED_MAX_SECONDS = 60;
    /** In addition to the planned duration. */
    private static final long TASK_MAX_SECONDS = 60;

    private BenchmarkWorker() {}

    public static void main(String[] arguments) {
        // Logs go to standard error; standard output is for answers.
        PrintStream answers = System.out;
        System.setOut(System.err);
        try {
            Benchmark benchmark = await(start(arguments[0], Vertx.vertx()), STARTED_MAX_SECONDS);
            answers.println(MAPPER.writeValueAsString(Measured.NOTHING));
            serve(benchmark, answers);
            System.exit(0);
        } catch (IOException | ExecutionException | InterruptedException | TimeoutException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static Future<? extends Benchmark> start(String part, Vertx vertx) {
        var env = new Environment(System.getenv());
        return switch (part) {
            case "counter" -> CounterBenchmark.start(vertx, env);
            case "transport" -> TransportBenchmark.start(vertx, env);
            case "ledger" -> LedgerBenchmark.start(vertx, env);
            default -> throw new IllegalArgumentException("unknown benchmark: " + part);
        };
    }

    private static void serve(Benchmark benchmark, PrintStream answers)
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        var tasks = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = tasks.readLine(); line != null; line = tasks.readLine()) {
            BenchmarkTask task = MAPPER.readValue(line, BenchmarkTask.class);
            Measured measured = await(perform(benchmark, task), TASK_MAX_SECONDS + (long) task.seconds());
            answers.println(MAPPER.writeValueAsString(measured));
        }
    }

    private static Future<Measured> perform(Benchmark benchmark, BenchmarkTask task) {
        return switch (task.action()) {
            case OPEN -> benchmark.open(task).map(Measured.NOTHING);
            case RUN -> benchmark.run(task);
            case CLOSE -> benchmark.close(task).map(Measured::left);
        };
    }

    private static <T> T await(Future<T> future, long seconds)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    }
}
