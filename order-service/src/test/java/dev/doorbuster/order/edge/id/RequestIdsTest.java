package dev.doorbuster.order.edge.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
    @Test
    void differWithinAnEdgeAndBetweenEdges() {
        var all = new HashSet<UUID>();
        for (int edge = 0; edge < 100; edge++) {
            var ids = new RequestIds();
            for (int i = 0; i < 100; i++) {
                UUID id = ids.next();

                assertThat(id.version()).isEqualTo(8);
                assertThat(id.variant()).isEqualTo(2);
                all.add(id);
            }
        }

        assertThat(all).hasSize(10_000);
    }
}
