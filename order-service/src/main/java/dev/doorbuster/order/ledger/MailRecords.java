package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.OrderMailed;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.runtime.amqp.consume.BatchHandler;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Records what became of mails about orders, for their timelines. No order depends on it. */
final class MailRecords implements BatchHandler {
    private final Statements statements;

    MailRecords(Pool pool, DatabaseConfig config) {
        this.statements = new Statements(pool, config);
    }

    /** Safe to repeat: of each mail and outcome the first time stays. */
    @Override
    public Future<Void> handle(MessageBatch batch) {
        List<OrderMailed> mails = batch.messages().stream()
                .flatMap(message -> message.elements(OrderMailed.class).stream())
                .toList();
        Tuple columns = Tuple.tuple()
                .addArrayOfUUID(mails.stream().map(OrderMailed::orderId).toArray(UUID[]::new))
                .addArrayOfString(mails.stream().map(OrderMailed::event).toArray(String[]::new))
                .addArrayOfString(
                        mails.stream().map(mail -> mail.outcome().name()).toArray(String[]::new))
                .addArrayOfOffsetDateTime(mails.stream()
                        .map(mail -> mail.at().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new));
        return statements.change(LedgerSql.RECORD_MAILS, columns).mapEmpty();
    }
}
