package dev.doorbuster.cli.deadletters;

import picocli.CommandLine.Command;

/** {@code dead-letters}. */
@Command(
        name = "dead-letters",
        description = "Messages that could not be handled: look at them, send them back, or throw them away.",
        subcommands = {ListCommand.class, ShowCommand.class, ReplayCommand.class, DiscardCommand.class})
public final class DeadLettersCommand {}
