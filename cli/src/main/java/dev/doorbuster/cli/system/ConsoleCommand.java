package dev.doorbuster.cli.system;

import dev.doorbuster.devservices.Packages;
import dev.doorbuster.devservices.ServerKind;
import java.io.PrintWriter;
import java.util.Set;
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

    /** Installs those of the servers that are missing, if possible; otherwise fails with instructions. */
    protected static void install(Set<ServerKind> wanted) {
        Set<ServerKind> missing = Packages.missing(wanted);
        if (!missing.isEmpty()) {
            System.err.println("Installing " + String.join(", ", Packages.of(missing)) + " ...");
            Packages.installWithApt(missing, line -> System.err.println("  " + line));
        }
    }

    /** Prints a line of progress, from any thread. */
    protected final synchronized void say(String line) {
        out().println("  " + line);
        out().flush();
    }
}
