package dev.doorbuster.cli.chaos.history;

import java.util.List;

/** All of a run, in the order of the answers. */
public record History(List<Round> rounds, List<Exchange> exchanges, List<Happening> happenings) {
    public History {
        rounds = List.copyOf(rounds);
        exchanges = List.copyOf(exchanges);
        happenings = List.copyOf(happenings);
    }
}
