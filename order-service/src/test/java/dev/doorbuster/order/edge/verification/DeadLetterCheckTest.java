package dev.doorbuster.order.edge.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.deadletters.DeadLetterQueues.Taken;
import dev.doorbuster.deadletters.FetchedDeadLetter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which sales a dead letter blocks, by what can be read of it. */
class DeadLetterCheckTest {
    private static final SaleId SALE = new SaleId("aaaaaaaaaaaaaaaa");
    private static final SaleId ELSEWHERE = other(false);
    private static final SaleId SAME_PARTITION = other(true);
    private static final Route USELESS = new Route(DoorbusterTopology.COMMANDS, "order.hold-over");
    private static final byte[] UNREADABLE = {1};
    private static final String TYPE = "order.hold-over.v1";

    private static SaleId other(boolean samePartition) {
        return Stream.iterate(0, number -> number + 1)
                .map(number -> new SaleId(
                        "bbbbbbbbbbbbbbbb".substring(number.toString().length())
                                + number.toString().replaceAll("[0189]", "c")))
                .filter(sale -> (sale.partition() == SALE.partition()) == samePartition)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] body(SaleId sale) {
        return MessageCodec.encode(Message.of(sale, new OrderHoldOver(UUID.randomUUID())));
    }

    private static FetchedDeadLetter letter(String id, String type, String queue, Route origin, byte[] body) {
        var told = new DeadLetter(queue, DeadLetter.Cause.REFUSED, "for a reason", origin, null, 1, 0);
        BasicProperties properties = new BasicProperties.Builder().type(type).build();
        return new FetchedDeadLetter(id, DoorbusterTopology.DEAD_LETTERS_QUEUE, 1, told, properties, body);
    }

    private static FetchedDeadLetter letter(String queue, Route origin, byte[] body) {
        return letter("1", TYPE, queue, origin, body);
    }

    private static String detail(SaleId sale, long more, FetchedDeadLetter... letters) {
        return DeadLetterCheck.reason(sale, new Taken(List.of(letters), more))
                .map(reason -> reason.json().getString("detail"))
                .orElse("");
    }

    private static boolean blocks(SaleId sale, FetchedDeadLetter letter) {
        return !detail(sale, 0, letter).isEmpty();
    }

    @Test
    void noneBlocksNothing() {
        assertThat(DeadLetterCheck.reason(SALE, new Taken(List.of(), 0))).isEqualTo(Optional.empty());
    }

    @Test
    void aReadableMessageBlocksTheSaleInItsBody() {
        FetchedDeadLetter letter =
                letter("ledger.orders.0", new Route(DoorbusterTopology.COMMANDS, "x." + ELSEWHERE), body(SALE));

        assertThat(blocks(SALE, letter)).isTrue();
        assertThat(blocks(SAME_PARTITION, letter)).isFalse();
        assertThat(blocks(ELSEWHERE, letter)).isFalse();
    }

    @Test
    void anUndecodableMessageBlocksTheSaleInItsRoutingKey() {
        FetchedDeadLetter letter =
                letter("ledger.orders.0", new Route(DoorbusterTopology.COMMANDS, "x.0." + SALE), UNREADABLE);

        assertThat(blocks(SALE, letter)).isTrue();
        assertThat(blocks(SAME_PARTITION, letter)).isFalse();
        assertThat(blocks(ELSEWHERE, letter)).isFalse();
    }

    @Test
    void aMessageWithoutASaleBlocksThePartitionOfItsQueueOrRoutingKey() {
        for (FetchedDeadLetter letter : List.of(
                letter(DoorbusterTopology.ledger(SALE.partition()), USELESS, UNREADABLE),
                letter(
                        "",
                        new Route(DoorbusterTopology.COMMANDS, "order.hold-over." + SALE.partition() + ".nothing"),
                        UNREADABLE))) {
            assertThat(blocks(SALE, letter)).isTrue();
            assertThat(blocks(SAME_PARTITION, letter)).isTrue();
            assertThat(blocks(ELSEWHERE, letter)).isFalse();
        }
    }

    @Test
    void aMessageOfWhichNothingIsKnownBlocksEachSale() {
        FetchedDeadLetter letter = letter("", USELESS, UNREADABLE);

        assertThat(blocks(SALE, letter)).isTrue();
        assertThat(blocks(ELSEWHERE, letter)).isTrue();
    }

    @Test
    void messagesThatWereNotReadBlockEachSale() {
        assertThat(detail(ELSEWHERE, 7, letter("ledger.orders.0", USELESS, body(SALE))))
                .isEqualTo("+7");
    }

    @Test
    void notificationsBlockNothing() {
        assertThat(blocks(SALE, letter("1", "order.paid.v1", "", USELESS, UNREADABLE)))
                .isFalse();
    }

    @Test
    void someMessagesAreNamedAndTheOthersCounted() {
        FetchedDeadLetter[] letters = Stream.of("1", "2", "3", "4", "5")
                .map(id -> letter(id, TYPE, "ledger.orders.0", USELESS, body(SALE)))
                .toArray(FetchedDeadLetter[]::new);

        assertThat(detail(SALE, 1, letters))
                .isEqualTo(
                        "dead-letters: " + TYPE + " 1, dead-letters: " + TYPE + " 2, dead-letters: " + TYPE + " 3 +3");
    }
}
