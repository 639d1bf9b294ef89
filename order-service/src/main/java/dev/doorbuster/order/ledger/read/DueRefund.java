package dev.doorbuster.order.ledger.read;

import dev.doorbuster.order.ledger.decide.Payment;
import java.time.Instant;

/**
 * A payment that is to be given back.
 *
 * @param saleId null, with title and currency, for a payment of no sale
 * @param totalCents null for a payment of an order that the ledger does not have
 */
public record DueRefund(
        Payment.Key payment,
        String saleId,
        String title,
        String currency,
        String buyer,
        Long totalCents,
        Instant receivedAt) {}
