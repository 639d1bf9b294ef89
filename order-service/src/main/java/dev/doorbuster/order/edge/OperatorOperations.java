package dev.doorbuster.order.edge;

import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.edge.auth.ApiKeys;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.operations.AuditList;
import dev.doorbuster.order.edge.operations.DeadLetters;
import dev.doorbuster.order.edge.operations.KeyOperations;
import dev.doorbuster.order.edge.operations.ServiceStates;
import dev.doorbuster.order.edge.order.BuyerOperations;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.order.OrderTimeline;
import dev.doorbuster.order.edge.payment.RefundOperations;
import dev.doorbuster.order.edge.sale.SaleNotes;
import dev.doorbuster.order.operator.AuditTrail;
import dev.doorbuster.order.operator.BuyerPseudonyms;
import dev.doorbuster.order.operator.KeyRows;
import dev.doorbuster.order.operator.Notes;
import dev.doorbuster.order.operator.RefundMarks;
import io.vertx.core.Vertx;
import java.util.Map;

/** What operators do beside running sales: orders, refunds, keys of programs, dead letters, the audit trail. */
final class OperatorOperations {
    private OperatorOperations() {}

    /** By operation id of the OpenAPI document. */
    static Map<String, ApiOperation> of(
            Vertx vertx, EdgeConfig config, Dependencies dependencies, ApiKeys keys, OrderLookups lookups) {
        Statements statements = dependencies.statements();
        var refunds = new RefundOperations(dependencies.ledger(), new RefundMarks(statements));
        var timeline = new OrderTimeline(lookups, new Notes(statements));
        var notes = new SaleNotes(new Notes(statements));
        var keyOperations = new KeyOperations(new KeyRows(statements), keys);
        var deadLetters = new DeadLetters(vertx, dependencies.broker(), config.operations());
        return Map.ofEntries(
                Map.entry("listDeadLetters", deadLetters::list),
                Map.entry("replayDeadLetters", deadLetters::replay),
                Map.entry("discardDeadLetters", deadLetters::discard),
                Map.entry("listServices", new ServiceStates(dependencies.stats())::list),
                Map.entry("pseudonymiseBuyer", new BuyerOperations(new BuyerPseudonyms(statements))::pseudonymise),
                Map.entry("listKeys", keyOperations::list),
                Map.entry("createKey", keyOperations::create),
                Map.entry("revokeKey", keyOperations::revoke),
                Map.entry("listAudit", new AuditList(new AuditTrail(statements))::list),
                Map.entry("listRefunds", refunds::list),
                Map.entry("markRefunded", refunds::mark),
                Map.entry("getTimeline", timeline::show),
                Map.entry("addOrderNote", timeline::addNote),
                Map.entry("listSaleNotes", notes::list),
                Map.entry("addSaleNote", notes::add));
    }
}
