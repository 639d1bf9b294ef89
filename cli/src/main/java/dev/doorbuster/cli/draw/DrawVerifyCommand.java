package dev.doorbuster.cli.draw;

import dev.doorbuster.cli.system.ConsoleCommand;
import dev.doorbuster.crowd.judge.PublishedOrder;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code draw verify}: exit status 0 only if the published order is what seed and entrants give. */
@Command(name = "verify", description = "Recompute a draw from the published list and seed.")
final class DrawVerifyCommand extends ConsoleCommand {
    @Option(
            names = "--sale",
            required = true,
            paramLabel = "URL|FILE",
            description =
                    "The draw's address, http…/api/sales/SALE/waiting-room/draw or …/raffle/draw, or a file with all of its"
                            + " JSON.")
    private String source;

    @Option(
            names = "--commitment",
            paramLabel = "HEX",
            description = "The commitment as you noted it before the opening. Default: the published one.")
    private String commitment;

    @Option(names = "--entrant", paramLabel = "HEX", description = "Say the place of this entrant.")
    private String entrant;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = out();
        PublishedOrder draw;
        try {
            draw = PublishedOrder.of(DrawSource.read(source));
        } catch (IOException | IllegalArgumentException e) {
            out.println("Not verified: " + e.getMessage());
            return 1;
        }
        if (commitment != null && !commitment.equals(draw.commitment())) {
            out.println("REFUSED: the published commitment is " + draw.commitment());
            return 1;
        }
        Optional<String> fault = draw.fault();
        out.println(fault.map(why -> "REFUSED: " + why)
                .orElse("Verified: %,d entrants are in the order that the committed seed gives."
                        .formatted(draw.order().size())));
        if (fault.isEmpty() && !draw.winners().isEmpty()) {
            out.println("Winners: places 1 to %,d.".formatted(draw.winners().size()));
        }
        if (fault.isEmpty() && !draw.withdrawn().isEmpty()) {
            out.println("%,d entries were withdrawn before the draw."
                    .formatted(draw.withdrawn().size()));
        }
        if (fault.isEmpty() && entrant != null) {
            out.println(placeOf(draw));
        }
        return fault.isEmpty() ? 0 : 1;
    }

    private String placeOf(PublishedOrder draw) {
        int place = draw.order().indexOf(entrant);
        if (place >= 0) {
            return "Place %,d.".formatted(place + 1);
        }
        return draw.withdrawn().contains(entrant)
                ? "That entry was withdrawn before the draw."
                : "That entrant was not drawn.";
    }
}
