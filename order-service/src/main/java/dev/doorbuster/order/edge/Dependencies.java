package dev.doorbuster.order.edge;

import dev.doorbuster.order.catalogue.Catalogue;
import dev.doorbuster.order.catalogue.Reminders;
import dev.doorbuster.order.catalogue.SalePresentations;
import dev.doorbuster.order.counter.CounterReader;
import dev.doorbuster.order.counter.RefusalCacheReader;
import dev.doorbuster.order.ledger.DraftDeletion;
import dev.doorbuster.order.ledger.RaffleEntries;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.order.ledger.read.WholeSaleReader;
import dev.doorbuster.order.operator.AuditTrail;
import dev.doorbuster.order.operator.BuyerPseudonyms;
import dev.doorbuster.order.operator.KeyRows;
import dev.doorbuster.order.operator.Notes;
import dev.doorbuster.order.operator.RefundMarks;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.stats.StatsReader;
import dev.doorbuster.runtime.store.MemcachedStore;
import dev.doorbuster.runtime.trace.Tracing;

/** Clients shared by all edges of a process; thread-safe. */
public record Dependencies(
        LedgerReader ledger,
        WholeSaleReader wholeSales,
        Catalogue catalogue,
        DraftDeletion drafts,
        RefundMarks refundMarks,
        AuditTrail trail,
        Notes notes,
        KeyRows keys,
        BuyerPseudonyms pseudonyms,
        SalePresentations presentations,
        Reminders reminders,
        RaffleEntries raffles,
        CounterReader counters,
        RefusalCacheReader refusals,
        MemcachedStore cache,
        StatsReader stats,
        AmqpPublisher publisher,
        BrokerConfig broker,
        Tracing tracing) {}
