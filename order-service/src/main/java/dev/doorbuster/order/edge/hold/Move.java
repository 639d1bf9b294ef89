package dev.doorbuster.order.edge.hold;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.contracts.message.SaleId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One request that wants an order moved.
 *
 * @param patience how long its client is kept waiting for the ledger's answer
 * @param reading what the ledger answered, read from its rows; empty where they do not say that it has
 * @param gone completes when the client went away
 */
record Move(
        UUID requestId,
        SaleId sale,
        Element command,
        Duration patience,
        Supplier<Future<Optional<HoldAnswered>>> reading,
        Future<Void> gone) {}
