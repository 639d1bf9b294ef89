package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.SaleAnswered;
import dev.doorbuster.contracts.message.SaleAnswered.SaleRefusal;
import dev.doorbuster.contracts.message.SaleChange;
import dev.doorbuster.contracts.value.SaleView;
import java.util.UUID;

/**
 * A decided {@link SaleChange}.
 *
 * @param refusal null for an accepted change
 * @param sale the sale after the change
 */
public record DecidedChange(UUID requestId, SaleChange.Action action, SaleRefusal refusal, SaleView sale) {
    public SaleAnswered answer(String trace) {
        return new SaleAnswered(requestId, refusal, sale, trace);
    }
}
