package dev.doorbuster.crowd.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A published draw, and what is wrong with it. Computed from the published text alone, by the rule in the documentation:
 * an entrant's key is {@code SHA-256(seed ":" roster ":" entrant)}, the roster {@code SHA-256} of the sorted entrants
 * joined by line feeds.
 *
 * @param winners those who got a unit in a raffle, as published; empty for the draw of a waiting room
 * @param withdrawn those who entered the raffle and withdrew before the draw
 */
public record PublishedOrder(
        String commitment, String seed, List<String> order, List<String> winners, List<String> withdrawn) {
    public PublishedOrder {
        order = List.copyOf(order);
        winners = List.copyOf(winners);
        withdrawn = List.copyOf(withdrawn);
    }

    /** Reads a draw as the service publishes it; fails if it is not complete. */
    public static PublishedOrder of(JsonNode draw) {
        if (!draw.path("drawn").asBoolean()) {
            throw new IllegalArgumentException("nothing was drawn yet");
        }
        if (draw.path("lost").asBoolean()) {
            throw new IllegalArgumentException("the room was lost after its draw, and the drawn order with it");
        }
        return new PublishedOrder(
                draw.path("commitment").asText(),
                draw.path("seed").asText(),
                all(draw, "order", draw.path("entrants").asLong()),
                texts(draw.path("winners")),
                all(draw, "withdrawn", draw.path("withdrawals").asLong()));
    }

    private static List<String> all(JsonNode draw, String list, long count) {
        List<String> found = texts(draw.path(list));
        if (found.size() != count) {
            throw new IllegalArgumentException("%d of %d entrants are in \"%s\"".formatted(found.size(), count, list));
        }
        return found;
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /** Why the order is not the one that the seed and the entrants give; empty if it is. */
    public Optional<String> fault() {
        if (!sha256(seed).equals(commitment)) {
            return Optional.of("the seed is not the one that was committed to: its SHA-256 is " + sha256(seed));
        }
        if (new HashSet<>(order).size() != order.size()) {
            return Optional.of("an entrant is in the order twice");
        }
        Optional<String> gone =
                withdrawn.stream().filter(new HashSet<>(order)::contains).findFirst();
        if (gone.isPresent()) {
            return Optional.of(gone.get() + " withdrew, and is in the order");
        }
        String roster = sha256(String.join("\n", order.stream().sorted().toList()));
        List<String> computed = order.stream()
                .sorted(Comparator.comparing(entrant -> sha256(seed + ":" + roster + ":" + entrant)))
                .toList();
        for (int i = 0; i < order.size(); i++) {
            if (!order.get(i).equals(computed.get(i))) {
                return Optional.of("place %d has %s, and by seed and list it is %s: the list or its order was changed"
                        .formatted(i + 1, order.get(i), computed.get(i)));
            }
        }
        return faultOfWinners();
    }

    /** Winners are the first of the order, without a gap: none is preferred to one before. */
    private Optional<String> faultOfWinners() {
        for (int i = 0; i < winners.size(); i++) {
            if (i == order.size() || !winners.get(i).equals(order.get(i))) {
                return Optional.of("winner %d is %s, and by the order it is %s"
                        .formatted(i + 1, winners.get(i), i == order.size() ? "none" : order.get(i)));
            }
        }
        return Optional.empty();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
