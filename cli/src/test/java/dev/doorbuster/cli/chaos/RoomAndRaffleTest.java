package dev.doorbuster.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.chaos.RoomAndRaffle.Entries;
import dev.doorbuster.cli.chaos.RoomAndRaffle.Untimely;
import dev.doorbuster.crowd.history.Durations;
import dev.doorbuster.crowd.history.FaultRecord;
import dev.doorbuster.crowd.history.FaultRecord.Effect;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.room.RoomReport;
import dev.doorbuster.crowd.room.ToldBuyer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomAndRaffleTest {
    private static final long NEVER = Long.MAX_VALUE;

    private final Findings findings = new Findings();
    private final List<FaultRecord> faults = new ArrayList<>();

    @Test
    void findsNothingWhereEachUnitIsKnownToItsBuyer() {
        RoomAndRaffle.judge(told(40, 0), 40, faults, findings);

        assertThat(findings.isEmpty()).isTrue();
    }

    @Test
    void findsABuyerWhoHoldsAUnitAndWasRefused() {
        faults.add(fault("empty-redis", "redis", Effect.LOSS));

        RoomAndRaffle.judge(told(39, 0), 40, faults, findings);

        assertThat(findings.byViolation()).containsOnlyKeys(Violation.HELD_THOUGH_REFUSED);
    }

    @Test
    void excusesAndCountsARefusalWhoseMarkerMayHaveBeenOvertaken() {
        faults.add(fault("kill-rabbitmq", "rabbitmq", Effect.DEATH));

        RoomAndRaffle.judge(told(39, 0), 40, faults, findings);

        assertThat(findings.isEmpty()).isTrue();
        assertThat(findings.excused()).containsOnlyKeys(Violation.HELD_THOUGH_REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"41, 0, 40", "40, 1, 40", "39, 1, 40"})
    void findsUnitsThatAreNotSoldAndBuyersWhoWereToldNothing(int got, int starved, long sold) {
        RoomAndRaffle.judge(told(got, starved), sold, faults, findings);

        assertThat(findings.byViolation()).containsOnlyKeys(Violation.NOT_VERIFIED);
    }

    @Test
    void findsEntriesThatWereNotHeard() {
        new Entries(69, List.of(), List.of()).judge(faults, findings);

        assertThat(findings.byViolation()).containsOnlyKeys(Violation.NOT_VERIFIED);
    }

    @Test
    void findsUnexpectedAnswersToEntries() {
        new Entries(70, List.of("POST /api/sales/x/raffle/entry: 500"), List.of()).judge(faults, findings);

        assertThat(findings.byViolation()).containsOnlyKeys(Violation.NOT_VERIFIED);
    }

    @Test
    void excusesEntriesWhileAClockWasWrong() {
        faults.add(fault("clock-ahead-postgres", "postgres", Effect.CLOCK));
        new Entries(69, List.of(), List.of(untimely(409, 300_000))).judge(faults, findings);

        assertThat(findings.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"409, 500000, postgres", "409, 300000, order-service-0", "401, 300000, postgres"})
    void findsEntriesThatWereRefusedAtAnotherTimeOrByAnotherClock(int status, long sentMicros, String target) {
        faults.add(fault("clock-ahead", target, Effect.CLOCK));
        new Entries(70, List.of(), List.of(untimely(status, sentMicros))).judge(faults, findings);

        assertThat(findings.byViolation()).containsOnlyKeys(Violation.NOT_VERIFIED);
    }

    @Test
    void aClockThatDelayedNoEntryExcusesNoMissingOne() {
        faults.add(fault("clock-ahead-postgres", "postgres", Effect.CLOCK));
        new Entries(69, List.of(), List.of()).judge(faults, findings);

        assertThat(findings.byViolation()).containsOnlyKeys(Violation.NOT_VERIFIED);
    }

    @Test
    void findsNothingWhereAllEntriesWereHeard() {
        new Entries(70, List.of(), List.of()).judge(faults, findings);

        assertThat(findings.isEmpty()).isTrue();
    }

    private static Untimely untimely(int status, long sentMicros) {
        return new Untimely(status, sentMicros, sentMicros + 10_000, "POST /api/sales/x/raffle/entry: " + status);
    }

    private static FaultRecord fault(String kind, String target, Effect effect) {
        return new FaultRecord(kind, target, effect, 0, 0, 400_000, "", null);
    }

    private static RoomReport told(int got, int starved) {
        var buyers = new ArrayList<ToldBuyer>();
        for (int i = 0; i < got; i++) {
            buyers.add(new ToldBuyer(true, "e" + i, 1, 1, 1, 1, NEVER, 1, 1, true));
        }
        for (int i = 0; i < starved; i++) {
            buyers.add(new ToldBuyer(true, "s" + i, 1, 1, 1, NEVER, NEVER, NEVER, 0, false));
        }
        return new RoomReport(buyers, Map.of(), new Durations(), new Durations(), new Durations());
    }
}
