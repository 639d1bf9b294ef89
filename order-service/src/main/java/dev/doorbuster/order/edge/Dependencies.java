package dev.doorbuster.order.edge;

import dev.doorbuster.order.catalogue.Catalogue;
import dev.doorbuster.order.counter.CounterReader;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.RaffleEntries;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.order.ledger.read.WholeSaleReader;
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
        Statements statements,
        RaffleEntries raffles,
        CounterReader counters,
        MemcachedStore cache,
        StatsReader stats,
        AmqpPublisher publisher,
        BrokerConfig broker,
        Tracing tracing) {}
