package dev.doorbuster.crowd.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.crowd.history.Durations;
import dev.doorbuster.crowd.judge.PublishedOrder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Four buyers of the lobby in their drawn order, two late ones, two units; the times are seconds of one clock. */
class RoomFindingsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NEVER = Long.MAX_VALUE;
    private static final long SOLD_OUT_AT = 5 * SECOND;
    private static final String SEED = "a seed";
    private static final List<String> ENTRANTS = List.of("e1", "e2", "e3", "e4");

    private final PublishedOrder draw = draw();
    private final List<ToldBuyer> buyers = new ArrayList<>(List.of(
            bought(true, draw.order().get(0), 2, 3),
            bought(true, draw.order().get(1), 4, 5),
            told(true, draw.order().get(2), 0, 4, NEVER, 6),
            told(true, draw.order().get(3), 0, 4, NEVER, 6),
            told(false, "late 1", 2, 4, NEVER, 6),
            told(false, "late 2", 3, 4, NEVER, 6)));

    @Test
    void aSaleWithoutAFaultHasNone() throws Exception {
        // When
        RoomFindings found = found();

        // Then
        assertThat(found.faults()).isEmpty();
        assertThat(found.longestAfterEnd()).hasSeconds(1);
    }

    @Test
    void anotherSeedThanTheCommittedIsAFault() throws Exception {
        // When, Then
        assertThat(RoomFindings.of(report(), draw, sha256("another"), SOLD_OUT_AT)
                        .faults())
                .containsExactly("the commitment was changed");
    }

    @Test
    void aBuyerOfTheLobbyWhoWasNotDrawnIsAFault() throws Exception {
        // Given
        buyers.add(told(true, "forgotten", 0, 4, NEVER, 6));

        // When, Then
        assertThat(found().faults()).containsExactly("1 buyers of the lobby were not drawn");
    }

    @Test
    void aDrawnEntrantWhoIsNoBuyerIsAFault() throws Exception {
        // Given
        ToldBuyer unused = buyers.remove(3);

        // When, Then
        assertThat(found().faults()).containsExactly("3 of 4 drawn entrants are buyers");
    }

    @Test
    void waitingBehindALaterPlaceIsAFault() throws Exception {
        // Given
        buyers.set(2, told(true, draw.order().get(2), 0, 4, NEVER, 6));
        buyers.set(3, bought(true, draw.order().get(3), 3, 4));

        // When, Then
        assertThat(found().faults()).containsExactly("place 3 of the draw waited although one behind was admitted");
    }

    @Test
    void waitingBehindALaterComerIsAFault() throws Exception {
        // Given
        buyers.set(4, told(false, "late 1", 1, 4, NEVER, 6));
        buyers.set(5, bought(false, "late 2", 3, 4));
        buyers.set(2, told(true, draw.order().get(2), 0, 2, NEVER, 6));
        buyers.set(3, told(true, draw.order().get(3), 0, 2, NEVER, 6));

        // When, Then
        assertThat(found().faults()).containsExactly("a buyer waited although one who came later was admitted");
    }

    @Test
    void twoPassesAndNoAnswerAreFaults() throws Exception {
        // Given
        buyers.set(
                0,
                new ToldBuyer(true, draw.order().get(0), 0, 1, Long.MIN_VALUE, 2 * SECOND, NEVER, 3 * SECOND, 2, true));
        buyers.set(
                5, new ToldBuyer(false, "late 2", 3 * SECOND, 4 * SECOND, 4 * SECOND, NEVER, NEVER, NEVER, 0, false));

        // When, Then
        assertThat(found().faults())
                .containsExactly(
                        "1 buyers were admitted twice",
                        "1 buyers were told neither that they have a unit nor that none is left");
    }

    @Test
    void aLongWaitForUnitsThatAreGoneIsAFault() throws Exception {
        // Given
        buyers.set(5, told(false, "late 2", 3, 4, NEVER, 8));

        // When, Then
        assertThat(found().faults()).containsExactly("a buyer waited for 3.0 s after the last unit was gone");
    }

    @Test
    void thePartsOfAPlanAreTheWholeAndTheirBuyersHaveDifferentNames() {
        // Given
        var plan = new RoomPlan("sale", 0, List.of(URI.create("http://a")), List.of(), "secret", 2_000, 48_001, 601);

        // When
        List<RoomPlan> parts =
                IntStream.range(0, 3).mapToObj(number -> plan.part(number, 3)).toList();

        // Then
        assertThat(parts.stream().mapToInt(RoomPlan::lobby).sum()).isEqualTo(2_000);
        assertThat(parts.stream().mapToInt(RoomPlan::late).sum()).isEqualTo(48_001);
        assertThat(parts.stream().mapToInt(RoomPlan::perSecond).sum()).isEqualTo(601);
        assertThat(parts).extracting(RoomPlan::part).containsExactly(0, 1, 2);
    }

    private RoomFindings found() throws Exception {
        return RoomFindings.of(report(), draw, sha256(SEED), SOLD_OUT_AT);
    }

    /** Two parts, as they come from their processes. */
    private RoomReport report() throws Exception {
        var mapper = new JsonMapper();
        var parts = new ArrayList<RoomReport>();
        for (List<ToldBuyer> part : List.of(buyers.subList(0, 3), buyers.subList(3, buyers.size()))) {
            var report =
                    new RoomReport(part, Map.of("order: 201", 1), new Durations(), new Durations(), new Durations());
            parts.add(mapper.readValue(mapper.writeValueAsString(report), RoomReport.class));
        }
        RoomReport whole = RoomReport.of(parts);
        assertThat(whole.answers()).containsExactly(Map.entry("order: 201", 2));
        return whole;
    }

    private static ToldBuyer bought(boolean lobby, String entrant, long admittedAt, long boughtAt) {
        long joinedAt = lobby ? 0 : 2;
        return new ToldBuyer(
                lobby,
                entrant,
                joinedAt * SECOND,
                joinedAt * SECOND + 1,
                Long.MIN_VALUE,
                admittedAt * SECOND,
                NEVER,
                boughtAt * SECOND,
                1,
                true);
    }

    private static ToldBuyer told(
            boolean lobby, String entrant, long joinedAt, long waitedAt, long admittedAt, long endedAt) {
        return new ToldBuyer(
                lobby,
                entrant,
                joinedAt * SECOND,
                joinedAt * SECOND + 1,
                waitedAt * SECOND,
                admittedAt,
                endedAt * SECOND,
                NEVER,
                0,
                true);
    }

    private static PublishedOrder draw() {
        String roster = sha256(String.join("\n", ENTRANTS));
        List<String> order = ENTRANTS.stream()
                .sorted(Comparator.comparing(entrant -> sha256(SEED + ":" + roster + ":" + entrant)))
                .toList();
        return new PublishedOrder(sha256(SEED), SEED, order, List.of(), List.of());
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
