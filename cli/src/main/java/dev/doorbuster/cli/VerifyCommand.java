package dev.doorbuster.cli;

import dev.doorbuster.cli.system.ConsoleCommand;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.up.RunFile;
import dev.doorbuster.crowd.client.ApiClient;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verify}: verifies one sale or all sales of the running system. Exit status 0 only if all PASS. */
@Command(name = "verify", description = "Verify a sale of the running system, or all of them.")
final class VerifyCommand extends ConsoleCommand {
    @Parameters(arity = "0..1", paramLabel = "SALE", description = "The sale's id. Default: every sale.")
    private String sale;

    @Option(
            names = "--wait",
            defaultValue = "60",
            description = "Seconds to wait while PENDING. Default: ${DEFAULT-VALUE}.")
    private int waitSeconds;

    @Option(
            names = "--limit",
            defaultValue = "1800",
            description = "Seconds for all sales together; then the rest is not verified. Default: ${DEFAULT-VALUE}.")
    private int limitSeconds;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = out();
        var run = RunFile.of(Distribution.current()).read();
        if (run.isEmpty()) {
            out.println("Not running. Start it with ./doorbuster up");
            return 1;
        }
        ApiClient api = RunFile.operator(run.get());
        var verifications = new SaleVerifications(api, Duration.ofSeconds(waitSeconds), out);
        if (sale == null) {
            verifications.verifyAll(Duration.ofSeconds(limitSeconds));
        } else {
            verifications.verify(sale);
        }
        return verifications.passed() ? 0 : 1;
    }
}
