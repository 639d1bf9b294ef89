package dev.doorbuster.notifier.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventHistoryTest {
    private static final long SEED = 77;
    private static final int RUNS = 300;
    private static final int EVENTS = 100;

    private final Random random = new Random(SEED);

    private record Published(StreamTopic topic, ServerSentEvent event) {}

    /**
     * Any Last-Event-ID, of this or another topic, forgotten or invented, compared with a plain list of the
     * published events.
     */
    @Test
    void givesExactlyWhatCameAfterAnEventThatItRemembers() {
        for (int run = 0; run < RUNS; run++) {
            int max = 1 + random.nextInt(30);
            var history = new EventHistory(max);
            var published = new ArrayList<Published>();
            for (int number = 0; number < EVENTS; number++) {
                var each = new Published(topic(), new ServerSentEvent("e" + number, "order.paid", new JsonObject()));
                published.add(each);
                history.add(each.topic(), each.event());

                StreamTopic topic = topic();
                String id = random.nextInt(5) == 0 ? "\u0000;" + number : "e" + random.nextInt(number + 2);
                assertThat(history.after(topic, id)).isEqualTo(after(published, max, topic, id));
            }
        }
    }

    private StreamTopic topic() {
        return StreamTopic.buyer("buyer-" + random.nextInt(4));
    }

    private static Optional<List<ServerSentEvent>> after(List<Published> all, int max, StreamTopic topic, String id) {
        List<ServerSentEvent> remembered = all.subList(Math.max(0, all.size() - max), all.size()).stream()
                .filter(each -> each.topic().equals(topic))
                .map(Published::event)
                .toList();
        for (int i = 0; i < remembered.size(); i++) {
            if (remembered.get(i).id().equals(id)) {
                return Optional.of(remembered.subList(i + 1, remembered.size()));
            }
        }
        return Optional.empty();
    }
}
