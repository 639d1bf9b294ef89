package dev.doorbuster.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentMessagesTest {
    private final RecentMessages recent = new RecentMessages(2);

    @Test
    void knowsWhatItHasSeen() {
        var id = UUID.randomUUID();

        assertThat(recent.isNew(id)).isTrue();
        assertThat(recent.isNew(id)).isFalse();
    }

    @Test
    void forgetsTheOldestRatherThanGrow() {
        var oldest = UUID.randomUUID();
        boolean unused = recent.isNew(oldest);
        unused = recent.isNew(UUID.randomUUID());
        unused = recent.isNew(UUID.randomUUID());

        assertThat(recent.isNew(oldest)).isTrue();
    }
}
