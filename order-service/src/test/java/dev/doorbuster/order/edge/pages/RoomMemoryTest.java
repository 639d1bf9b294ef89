package dev.doorbuster.order.edge.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a browser remembers of a place in a waiting room. */
class RoomMemoryTest {
    private static final String LOST = "{place: 'NOT_HERE', phase: 'OPEN'}";
    private static final String NO_ORDERS = "[]";

    private static PureModule memory;

    @BeforeAll
    static void load() throws IOException {
        memory = PureModule.of("shop/room-memory.js");
    }

    @ParameterizedTest
    @CsvSource({
        "LOBBY, LOBBY, true",
        "QUEUE, OPEN, true",
        "QUEUE, DRAWING, true",
        "ADMITTED, OPEN, false",
        "ADMITTED, DOOR, false",
        "STANDBY, ENDED, false",
        "NOT_HERE, ENDED, false"
    })
    void onlyAPlaceInTheLobbyOrTheQueueIsTakenAgain(String place, String phase, boolean again) throws IOException {
        String text = remembered("'QUEUE 1'", "{place: '%s', phase: '%s'}".formatted(place, phase));

        assertThat(takesAgain(text, LOST, NO_ORDERS)).isEqualTo(again);
    }

    @Test
    void anAnswerWithoutAPlaceKeepsWhatIsRemembered() throws IOException {
        assertThat(remembered("'QUEUE 1'", LOST)).isEqualTo("'QUEUE 1'");
        assertThat(remembered("null", LOST)).isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource({"{place: 'QUEUE'; phase: 'OPEN'}", "{place: 'NOT_HERE'; phase: 'ENDED'}", "null"})
    void noPlaceIsTakenWhileThereIsOneOrTheRoomHasEnded(String answer) throws IOException {
        assertThat(takesAgain("'QUEUE 1'", answer.replace(';', ','), NO_ORDERS)).isFalse();
    }

    /** Perhaps in another browser, where the turn was seen. */
    @ParameterizedTest
    @CsvSource({"2030-01-31T18:00:01Z, false", "2030-01-31T17:59:59Z, true"})
    void whoOrderedSinceDoesNotQueueAgainUnasked(String placedAt, boolean again) throws IOException {
        String text = remembered("null", "{place: 'QUEUE', phase: 'OPEN'}");

        assertThat(takesAgain(text, LOST, "[{placedAt: '%s'}]".formatted(placedAt)))
                .isEqualTo(again);
    }

    /** As a literal. */
    private static String remembered(String before, String answer) throws IOException {
        return memory.call("remembered", before + ", " + answer + ", Date.parse('2030-01-31T18:00:00Z')")
                .toString()
                .replace('"', '\'');
    }

    private static boolean takesAgain(String text, String answer, String orders) throws IOException {
        return memory.call("takesAgain", text + ", " + answer + ", " + orders).asBoolean();
    }
}
