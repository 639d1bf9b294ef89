package dev.doorbuster.cli.system;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that prints its results; {@link #call} returns the exit status. */
public abstract class ConsoleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    protected final CommandLine line() {
        return spec.commandLine();
    }

    protected final PrintWriter out() {
        return line().getOut();
    }

    /** Prints a line of progress, from any thread. */
    protected final synchronized void say(String line) {
        out().println("  " + line);
        out().flush();
    }
}
