package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** Read-only entity of an order: only the ledger writes orders. */
@Entity
@Immutable
@Table(name = "orders")
class OrderEntity {
    @Id
    private UUID id;

    private String saleId;
    private String buyer;
    private int quantity;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    private String reason;
    private long totalCents;
    private Instant placedAt;
    private Instant holdExpiresAt;

    protected OrderEntity() {}

    OrderView view() {
        return new OrderView(
                id,
                new SaleId(saleId),
                buyer,
                quantity,
                status,
                reason == null ? null : RefusalReason.of(reason),
                totalCents,
                placedAt,
                holdExpiresAt);
    }
}
