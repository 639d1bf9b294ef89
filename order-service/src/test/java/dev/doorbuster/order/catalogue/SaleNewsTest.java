package dev.doorbuster.order.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.SaleAnnounced;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.message.SaleEvent;
import dev.doorbuster.contracts.message.SaleEvent.SaleClosed;
import dev.doorbuster.contracts.message.SaleEvent.SaleOpened;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleState;
import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.order.RecordingPublisher;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SaleNewsTest {
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final SaleNews news = new SaleNews(publisher);

    private static SaleView sale(SaleState state, long epoch) {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        return new SaleView(
                SaleId.random(new Random(3)),
                "a lamp",
                1999,
                "EUR",
                10,
                4,
                2,
                now,
                null,
                300,
                CounterKind.REDIS,
                state,
                epoch);
    }

    @Test
    void tellsCounterEdgesAndListenersOfAnOpenSale() {
        // Given
        SaleView sale = sale(SaleState.OPEN, 1);
        // When
        news.created(sale);
        // Then
        assertThat(publisher.published(SaleCounted.class)).containsExactly(new SaleCounted(1, 6, CounterKind.REDIS));
        assertThat(publisher.published(SaleEvent.class)).containsExactly(new SaleOpened(sale));
        assertThat(publisher.told(SaleAnnounced.class)).containsExactly(new SaleAnnounced(sale));
    }

    @Test
    void countsNothingBeforeASaleOpens() {
        // Given
        SaleView sale = sale(SaleState.SCHEDULED, 0);
        // When
        news.created(sale);
        // Then
        assertThat(publisher.published(SaleCounted.class)).isEmpty();
        assertThat(publisher.published(SaleEvent.class)).isEmpty();
        assertThat(publisher.told(SaleAnnounced.class)).hasSize(1);
    }

    @Test
    void tellsOfAnEnd() {
        // Given
        SaleView sale = sale(SaleState.CLOSED, 3);
        // When
        news.ended(sale);
        // Then
        assertThat(publisher.published(SaleEvent.class)).containsExactly(new SaleClosed(sale));
        assertThat(publisher.published(SaleCounted.class)).hasSize(1);
    }

    @Test
    void makesNoFailureOfABrokerThatIsAway() {
        // Given
        publisher.open(false);
        // When
        news.edited(sale(SaleState.OPEN, 2));
        // Then
        assertThat(publisher.published(SaleCounted.class)).isEmpty();
    }
}
