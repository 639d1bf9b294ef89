package dev.doorbuster.cli.draw;

import picocli.CommandLine.Command;

/** {@code draw}: commands about the drawn order of a waiting room or raffle. */
@Command(
        name = "draw",
        description = "Check the drawn order of a sale's waiting room.",
        subcommands = DrawVerifyCommand.class)
public final class DrawCommand {}
