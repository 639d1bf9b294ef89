package dev.doorbuster.runtime.amqp.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnconfirmedMessageTest {
    private final UnconfirmedMessage pending = new UnconfirmedMessage(1, null, null, Duration.ofSeconds(1));

    @Test
    void anUnsentMessageIsKnownNotToBeAccepted() {
        assertThat(pending.lost("late").kind()).isEqualTo(PublishException.Kind.NOT_SENT);
    }

    @Test
    void aNackOfTheOnlySendingIsANack() {
        pending.sending();

        assertThat(pending.refused("full").kind()).isEqualTo(PublishException.Kind.NACKED);
    }

    @Test
    void aNackOfASecondSendingSaysNothingAboutTheFirst() {
        pending.sending();
        pending.sending();

        assertThat(pending.refused("full").kind()).isEqualTo(PublishException.Kind.UNCONFIRMED);
    }
}
