package dev.doorbuster.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventObserverTest {
    @Test
    void aQueueThatWasNotCountedIsNotEmpty() throws Exception {
        Map<String, Long> left = EventObserver.left(new JsonMapper().readTree("""
                [{"name": "ledger.orders.0", "messages": 0}, {"name": "ledger.orders.1"},
                 {"name": "unheard", "messages": 7}, {"name": "chaos.observer.all", "messages": 9}]"""));

        assertThat(left).containsOnlyKeys("ledger.orders.0", "ledger.orders.1").containsEntry("ledger.orders.0", 0L);
        assertThat(left.get("ledger.orders.1")).isPositive();
    }
}
