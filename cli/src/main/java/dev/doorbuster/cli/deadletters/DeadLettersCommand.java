package dev.doorbuster.cli.deadletters;

import picocli.CommandLine.Command;

/** {@code dead-letters}: lists, shows, replays and discards dead letters. */
@Command(
        name = "dead-letters",
        description = "List, show, replay or discard messages that could not be handled.",
        subcommands = {ListCommand.class, ShowCommand.class, ReplayCommand.class, DiscardCommand.class})
public final class DeadLettersCommand {}
