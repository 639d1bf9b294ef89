package dev.doorbuster.cli.chaos;

import dev.doorbuster.cli.chaos.memory.MemoryTrend;
import dev.doorbuster.cli.chaos.recovery.RecoveryTable;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.history.CrowdStats;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints a run's summary. */
final class Summary {
    private static final int EXAMPLES_MAX = 5;

    private Summary() {}

    static void print(ChaosResult result, PrintWriter out) {
        CrowdHistory history = result.history();
        out.printf("%nRequests and answers: %,d%n", history.requests().size());
        Map<String, Long> answers = history.requests().stream()
                .collect(Collectors.groupingBy(Summary::kind, TreeMap::new, Collectors.counting()));
        answers.forEach((answer, count) -> out.printf("  %-36s %,8d%n", answer, count));
        out.printf("%nSeconds from the end of a fault until the next order was confirmed: median/maximum (faults)%n");
        RecoveryTable.of(result.recovered()).forEach(line -> out.println("  " + line));
        out.printf("%nMemory; flat is up to %.0f MiB/h in the second half of the load%n", MemoryTrend.FLAT_MAX);
        result.memory().forEach(line -> out.println("  " + line));
        if (!result.findings().excused().isEmpty()) {
            out.printf(
                    "%nExcused: a store lost the data while the request was redelivered%n%s%n",
                    result.findings().describeExcused(EXAMPLES_MAX));
        }
        if (!result.findings().isEmpty()) {
            out.printf("%nBroken%n%s%n", result.findings().describe(EXAMPLES_MAX));
        }
        out.flush();
    }

    private static String kind(RequestRecord request) {
        ShopAnswer answer = request.answer();
        return answer.httpStatus() == 0
                ? "%-6s no answer: %s".formatted(request.request().kind(), answer.lost())
                : "%-6s %s".formatted(request.request().kind(), CrowdStats.outcome(answer));
    }
}
