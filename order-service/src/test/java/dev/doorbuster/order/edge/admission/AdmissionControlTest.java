package dev.doorbuster.order.edge.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionControlTest {
    private static final int FEW = AdmissionControl.UNDECIDED_FEW;
    private static final int ALWAYS = AdmissionControl.UNDECIDED_ALWAYS;

    private final List<Runnable> probes = new ArrayList<>();
    private long now = 7;
    private final AdmissionControl control = new AdmissionControl(Duration.ofSeconds(2), 1, () -> now, probes::add);

    @Test
    void admitsSomeOrdersBeforeARateIsKnown() {
        assertThat(control.admits(ALWAYS - 1)).isTrue();
        assertThat(control.admits(ALWAYS)).isFalse();
    }

    @Test
    void takesAsManyOrdersAsAreDecidedWithinTheLimit() {
        // When
        decide(3000, 5, 500);
        assertThat(control.admits(0)).isTrue();

        // Then
        assertThat(control.limit()).isBetween(5400, 6000);
        assertThat(control.admits(5000)).isTrue();
        assertThat(control.admits(6001)).isFalse();
    }

    @Test
    void takesFewerWhileTheQueueHasNotBeenShortForAsLongAsABurstMayWait() {
        // Given
        decide(8000, 5, FEW - 1);
        assertThat(control.admits(10_000)).as("a burst").isTrue();

        // When
        decide(8000, 3, 10_000);

        // Then
        assertThat(control.limit()).isBetween(1900, 2000);
        assertThat(control.admits(2001)).isFalse();
        assertThat(control.admits(1500)).isTrue();
        assertThat(control.admits(10_000)).as("still no burst").isFalse();

        // When
        assertThat(control.admits(FEW - 1)).isTrue();

        // Then
        assertThat(control.admits(10_000)).as("another burst").isTrue();
    }

    @Test
    void takesFewerOnceDecisionsBecomeSlow() {
        // Given
        decide(5000, 5, 500);

        // When
        decide(800, 5, 500);
        assertThat(control.admits(0)).isTrue();

        // Then
        assertThat(control.limit()).isBetween(1600, 2000);
    }

    @Test
    void doesNotForgetTheRateWhileThereIsNothingToDecide() {
        // Given
        decide(3000, 5, 500);
        assertThat(control.admits(0)).isTrue();
        int known = control.limit();

        // When
        for (int second = 0; second < 600; second++) {
            pass(Duration.ofSeconds(1));
            assertThat(control.admits(0)).isTrue();
            fire();
        }

        // Then
        assertThat(control.limit()).isEqualTo(known);
    }

    @Test
    void forgetsTheRateWhileNothingIsDecided() {
        // Given
        decide(3000, 5, 500);

        // When
        decide(0, 5, 500);

        // Then
        assertThat(control.limit()).isEqualTo(ALWAYS);
        assertThat(control.retryAfterSeconds(900)).isPositive();
    }

    @Test
    void returnsWhenTheOrdersBeforeItCouldBeDecided() {
        // Given
        decide(1000, 10, 500);

        // When, Then
        assertThat(control.retryAfterSeconds(0)).isEqualTo(1);
        assertThat(control.retryAfterSeconds(4500)).isEqualTo(5);
        assertThat(control.retryAfterSeconds(1_000_000)).isEqualTo(AdmissionControl.RETRY_AFTER_SECONDS_MAX);
    }

    @Test
    void countsThoseThatWereRefusedInFrontToo() {
        // Given: 1,000 decided and 3,000 refused a second
        for (int window = 0; window < 50; window++) {
            for (int i = 0; i < 300; i++) {
                assertThat(control.admits(1_000_000)).isFalse();
            }
            window(100, 1_000_000);
        }

        // When, Then
        assertThat(control.retryAfterSeconds(1000)).isBetween(4, 5);
    }

    @Test
    void admitsFewerTheLaterRequestsAreRead() {
        // Given
        decide(3000, 5, 500);
        assertThat(control.admits(0)).isTrue();
        assertThat(control.admits(5000)).isTrue();

        // When: a probe is sent, and not read for half a second
        decideWithoutReading(3000, 6);

        // Then: three quarters of 6,000
        assertThat(control.admits(5000)).isFalse();
        assertThat(control.admits(4000)).isTrue();

        // When
        decideWithoutReading(3000, 12);

        // Then
        assertThat(control.admits(3500)).isFalse();
        assertThat(control.admits(2500)).as("half of 6,000 in any case").isTrue();

        // When
        fire();

        // Then
        assertThat(control.admits(3500)).as("the last delay").isFalse();

        // When
        decide(3000, 1, 0);

        // Then
        assertThat(control.admits(5000)).isTrue();
    }

    @Test
    void isNoBurstWhileRequestsAreReadLate() {
        // Given
        decide(8000, 5, FEW - 1);
        pass(Duration.ofMillis(100));
        boolean unused = control.admits(0);

        // When
        pass(Duration.ofMillis(2500));

        // Then
        assertThat(control.admits(FEW - 1)).isTrue();
        assertThat(control.limit()).isBetween(1900, 2000);
    }

    @Test
    void measuresNothingWithoutAProbe() {
        // Given
        var unmeasured = new AdmissionControl(Duration.ofSeconds(2), 1, () -> now, read -> false);

        // When
        for (int second = 0; second < 10; second++) {
            pass(Duration.ofSeconds(1));
            boolean unused = unmeasured.admits(0);
        }

        // Then
        assertThat(unmeasured.admits(ALWAYS - 1)).isTrue();
    }

    /** Windows of 100 ms in which orders are decided at a rate, while others wait. */
    private void decide(int perSecond, int seconds, int undecided) {
        for (int i = 0; i < 10 * seconds; i++) {
            window(perSecond / 10, undecided);
        }
    }

    private void decideWithoutReading(int perSecond, int windows) {
        for (int i = 0; i < windows; i++) {
            for (int order = 0; order < perSecond / 10; order++) {
                control.decided();
            }
            pass(Duration.ofMillis(100));
            boolean unused = control.admits(0);
        }
    }

    private void window(int decided, int undecided) {
        for (int i = 0; i < decided; i++) {
            control.decided();
        }
        pass(Duration.ofMillis(100));
        fire();
        boolean unused = control.admits(undecided);
        fire();
    }

    private void fire() {
        probes.forEach(Runnable::run);
        probes.clear();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
