package dev.doorbuster.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.cli.system.ConsoleCommand;
import dev.doorbuster.cli.system.Distribution;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code status}: every process with its liveness and readiness. Exit status 0 only if all are ready. */
@Command(name = "status", description = "Show every process of the running system and whether it is ready.")
public final class StatusCommand extends ConsoleCommand {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(3);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = out();
        Optional<JsonNode> run = RunFile.of(Distribution.current()).read();
        if (run.isEmpty()) {
            out.println("Not running. Start it with ./doorbuster up");
            return 1;
        }
        boolean allReady = true;
        out.printf("%-20s %8s  %s%n", "PROCESS", "PID", "STATE");
        for (JsonNode process : run.get().get("processes")) {
            String state = state(process);
            allReady &= state.equals("ready") || state.equals("running");
            out.printf(
                    "%-20s %8d  %s%n",
                    process.get("name").asText(), process.get("pid").asLong(), state);
        }
        out.println("API " + run.get().get("api").asText());
        return allReady ? 0 : 1;
    }

    private String state(JsonNode process) throws InterruptedException {
        boolean lives = ProcessHandle.of(process.get("pid").asLong())
                .map(ProcessHandle::isAlive)
                .orElse(false);
        if (!lives) {
            return "dead";
        }
        JsonNode port = process.get("managementPort");
        return port.isNull() ? "running" : readiness(port.asInt());
    }

    private String readiness(int managementPort) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/health/ready"))
                .timeout(ANSWER_MAX)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? "ready" : "not ready: " + answer.body();
        } catch (IOException e) {
            return "no answer: " + e;
        }
    }
}
