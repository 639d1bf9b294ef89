package dev.doorbuster.devservices.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    @Test
    void runsAllConcurrently() {
        CountDownLatch both = new CountDownLatch(2);
        Runnable meet = () -> {
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        SideBySide.run(List.of(meet, meet));
        assertThat(both.getCount()).isZero();
    }

    @Test
    void waitsForAllAndReportsAllFailures() {
        AtomicBoolean done = new AtomicBoolean();
        Runnable fails = () -> {
            throw new IllegalStateException("first");
        };
        Runnable failsToo = () -> {
            throw new IllegalArgumentException("second");
        };
        assertThatThrownBy(() -> SideBySide.run(List.of(fails, failsToo, () -> done.set(true))))
                .hasMessage("first")
                .hasSuppressedException(new IllegalArgumentException("second"));
        assertThat(done).isTrue();
    }
}
