package dev.doorbuster.cli;

import dev.doorbuster.cli.bench.BenchCommand;
import dev.doorbuster.cli.chaos.ChaosCommand;
import dev.doorbuster.cli.deadletters.DeadLettersCommand;
import dev.doorbuster.cli.demo.DemoCommand;
import dev.doorbuster.cli.draw.DrawCommand;
import dev.doorbuster.cli.learn.LearnCommand;
import dev.doorbuster.cli.rehearse.RehearseCommand;
import dev.doorbuster.cli.up.DownCommand;
import dev.doorbuster.cli.up.LogsCommand;
import dev.doorbuster.cli.up.StatusCommand;
import dev.doorbuster.cli.up.UpCommand;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of {@code ./doorbuster}. */
@Command(
        name = "doorbuster",
        description = "Flash sales that sell exactly the stock.",
        // Every command has --help.
        scope = CommandLine.ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        version = "Doorbuster 0.1",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            VerifyCommand.class,
            RehearseCommand.class,
            LearnCommand.class,
            BenchCommand.class,
            ChaosCommand.class,
            DeadLettersCommand.class,
            DrawCommand.class,
            TestCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Prints a user's error as one line; the developers' DOORBUSTER_TRACE=true adds the stack trace. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (Boolean.parseBoolean(System.getenv("DOORBUSTER_TRACE"))) {
                        failure.printStackTrace(command.getErr());
                    }
                    // The message of a missing file is its name only.
                    String why = failure instanceof FileSystemException ? failure.toString() : failure.getMessage();
                    command.getErr().println("doorbuster " + command.getCommandName() + ": " + why);
                    return command.getCommandSpec().exitCodeOnExecutionException();
                });
    }
}
