package dev.doorbuster.order.edge;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.SaleChange.Action;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.catalogue.Reminders;
import dev.doorbuster.order.catalogue.SalePresentations;
import dev.doorbuster.order.counter.RefusalCacheReader;
import dev.doorbuster.order.edge.auth.ApiKeys;
import dev.doorbuster.order.edge.auth.LoginAttempts;
import dev.doorbuster.order.edge.auth.Sessions;
import dev.doorbuster.order.edge.auth.Tokens;
import dev.doorbuster.order.edge.http.ApiDocument;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiServer;
import dev.doorbuster.order.edge.id.OrderIds;
import dev.doorbuster.order.edge.operations.Operations;
import dev.doorbuster.order.edge.order.BuyerOrders;
import dev.doorbuster.order.edge.order.OrderExports;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.order.SaleOrders;
import dev.doorbuster.order.edge.pages.Pages;
import dev.doorbuster.order.edge.pages.SaleDocuments;
import dev.doorbuster.order.edge.pages.ShopFacts;
import dev.doorbuster.order.edge.pages.WebRoot;
import dev.doorbuster.order.edge.payment.PaymentOperations;
import dev.doorbuster.order.edge.pending.PendingMarkers;
import dev.doorbuster.order.edge.pending.ReplyQueue;
import dev.doorbuster.order.edge.placement.OrderMetrics;
import dev.doorbuster.order.edge.placement.OrderOperations;
import dev.doorbuster.order.edge.raffle.RaffleOperations;
import dev.doorbuster.order.edge.report.ClosedSalePages;
import dev.doorbuster.order.edge.report.PageViews;
import dev.doorbuster.order.edge.report.SaleCourse;
import dev.doorbuster.order.edge.report.SalesReport;
import dev.doorbuster.order.edge.sale.HeldUnitsOperation;
import dev.doorbuster.order.edge.sale.PresentationCache;
import dev.doorbuster.order.edge.sale.PresentationOperations;
import dev.doorbuster.order.edge.sale.ReminderOperations;
import dev.doorbuster.order.edge.sale.SaleChanges;
import dev.doorbuster.order.edge.sale.SaleImport;
import dev.doorbuster.order.edge.sale.SaleList;
import dev.doorbuster.order.edge.sale.SaleOperations;
import dev.doorbuster.order.edge.sale.SalePostponement;
import dev.doorbuster.order.edge.sale.StorefrontContent;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.order.edge.verification.CounterRecovery;
import dev.doorbuster.order.edge.verification.DeadLetterCheck;
import dev.doorbuster.order.edge.verification.Verification;
import dev.doorbuster.order.edge.verification.VerificationConfig;
import dev.doorbuster.order.edge.visit.BuyerVisits;
import dev.doorbuster.order.ledger.DraftDeletion;
import dev.doorbuster.order.operator.AuditTrail;
import dev.doorbuster.order.operator.KeyRows;
import dev.doorbuster.runtime.amqp.consume.AmqpConsumer;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.rate.RateLimit;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.start.Lifecycle;
import dev.doorbuster.waitingroom.Entrants;
import dev.doorbuster.waitingroom.QueuePasses;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One edge: an event loop with its own server, pending requests, batches, sale cache and reply queue. */
public final class Edge {
    /** Time that edges have to report orders without an answer. */
    private static final Duration REPORT_MAX = Duration.ofMillis(100);

    private final Vertx vertx;
    private final Context context;
    private final EdgeConfig config;
    private final Dependencies dependencies;
    private final int number;
    private final Health health;
    private final MeterRegistry registry;
    private final Lifecycle lifecycle;
    private final Clock clock = Clock.systemUTC();
    private final AuditTrail trail;
    private final ApiKeys keys;
    private final Tokens tokens;
    private final OrderIds ids;
    private final OrderLookups lookups;
    private final SaleCache saleCache;
    private final ShopFacts shop;
    private final SalePresentations presented;
    private final PresentationCache presentations;
    private final SaleList list;
    private final PageViews views;
    private final BuyerVisits visits;
    private final OrderOperations orders;
    private final PaymentOperations payments;
    private final SaleChanges changes;
    private final ReplyQueue replies;
    private final PendingMarkers markers;
    private final DeadLetterCheck deadLetterCheck;
    private final Operations operations;
    private final SaleOrders saleOrders;
    private final OrderExports exports;
    private ApiServer server;

    private Edge(
            Vertx vertx,
            EdgeConfig config,
            Dependencies dependencies,
            int number,
            Duration stopStepMax,
            Health health,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.config = config;
        this.dependencies = dependencies;
        this.number = number;
        this.health = health;
        this.registry = registry;
        this.lifecycle = new Lifecycle(vertx, stopStepMax);
        this.trail = new AuditTrail(dependencies.statements());
        this.keys = new ApiKeys(new KeyRows(dependencies.statements())::valid, System::nanoTime);
        this.tokens = new Tokens(vertx, config.auth(), clock, keys);
        this.ids = new OrderIds(config.orderIdSecret());
        this.lookups = new OrderLookups(vertx, config.placement(), dependencies.ledger()::orders);
        this.saleCache = new SaleCache(
                vertx,
                config.saleCache(),
                System::nanoTime,
                dependencies.ledger()::openSales,
                dependencies.ledger()::sale);
        this.shop = new ShopFacts(config.pages(), config.auth().demoLogin());
        this.presented = new SalePresentations(dependencies.statements());
        this.presentations = new PresentationCache(presented);
        this.list = new SaleList(
                "/api/sales",
                dependencies.catalogue()::list,
                presentations::json,
                config.saleCache(),
                System::nanoTime);
        this.views = new PageViews(vertx, dependencies.cache(), id -> saleCache.known(id) != null, System::nanoTime);
        this.visits = new BuyerVisits(vertx, dependencies.publisher());
        this.replies = new ReplyQueue();
        Publisher traced = dependencies.publisher().traced(dependencies.tracing());
        this.markers =
                new PendingMarkers(vertx, dependencies.publisher(), replies::edgeId, VerificationConfig.RUNNING_MAX);
        this.deadLetterCheck = new DeadLetterCheck(vertx, dependencies.broker());
        this.operations = new Operations(vertx, config.operations(), dependencies.stats()::read, dependencies.broker());
        this.saleOrders = new SaleOrders(dependencies.ledger()::sale, dependencies.catalogue()::orders);
        this.exports = new OrderExports(vertx, saleOrders);
        this.orders = new OrderOperations(
                vertx,
                clock,
                System::nanoTime,
                config.placement(),
                config.saleCache(),
                saleCache,
                visits,
                tokens,
                ids,
                lookups,
                traced,
                replies::edgeId,
                dependencies.ledger()::undecided,
                sale -> deadLetterCheck.reason(sale).map(Optional::isEmpty),
                new QueuePasses(config.auth().tokens().secret()),
                new OrderMetrics(registry, number),
                dependencies.tracing());
        this.payments = new PaymentOperations(
                vertx,
                config.payment(),
                config.placement(),
                config.auth().demoLogin(),
                ids,
                lookups,
                dependencies.ledger(),
                traced,
                replies::edgeId);
        this.changes = new SaleChanges(
                vertx, SaleChanges.ANSWER_MAX, traced, replies::edgeId, dependencies.ledger()::saleChange);
    }

    /** Starts an edge on the caller's event loop, which it owns from then on. */
    public static Future<Edge> start(
            Vertx vertx,
            EdgeConfig config,
            Dependencies dependencies,
            ApiDocument document,
            WebRoot web,
            int number,
            Duration stopStepMax,
            Health health,
            MeterRegistry registry) {
        var edge = new Edge(vertx, config, dependencies, number, stopStepMax, health, registry);
        health.register("edge " + number, edge.saleCache::problem);
        return edge.start(document, web)
                .map(edge)
                .recover(cause -> edge.stop().transform(stopped -> Future.failedFuture(cause)));
    }

    private Future<Void> start(ApiDocument document, WebRoot web) {
        return lifecycle
                .step("the readings of sales", () -> saleCache.start().map(saleCache), SaleCache::stop)
                .compose(v -> lifecycle.step("page views", views::start, PageViews::stop))
                .compose(v -> lifecycle.step("visits", visits::start, BuyerVisits::stop))
                .compose(v -> lifecycle.step("unanswered orders", orders::start, OrderOperations::stop))
                .compose(v -> lifecycle.step("the reply queue", this::startConsumer, AmqpConsumer::stop))
                .compose(v -> lifecycle.step("the HTTP server", () -> startServer(document, web), this::stopServer))
                .mapEmpty();
    }

    public int port() {
        return server.port();
    }

    /** Callable from any thread: services are stopped from other threads. */
    public Future<Void> stop() {
        return EventLoop.on(context, lifecycle::stop);
    }

    private Future<AmqpConsumer> startConsumer() {
        var announcements = Subscription.exclusive(
                () -> DoorbusterTopology.announcements(UUID.randomUUID().toString()),
                batch -> {
                    announced(batch.messages());
                    return Future.succeededFuture();
                },
                saleCache::announced,
                () -> {});
        return AmqpConsumer.start(
                vertx,
                dependencies.broker(),
                "edge-" + number,
                List.of(
                        replies.subscription(
                                        orders::answered,
                                        payments::answered,
                                        changes::answered,
                                        this::markerBack,
                                        this::answersLost)
                                .traced(dependencies.tracing()),
                        announcements),
                dependencies.publisher(),
                health,
                registry);
    }

    private void announced(List<Message> messages) {
        for (Message message : messages) {
            if (message.type() == MessageType.SALE_MARKER) {
                orders.verified(message.sale());
            } else {
                saleCache.announced();
            }
        }
    }

    private void markerBack(SaleMarker marker) {
        markers.back(marker);
        orders.markerBack(marker);
    }

    /** Asks all edges to report the sale's unanswered orders, leaves them some time for it, and sends a marker behind. */
    private Future<PendingMarkers.Outcome> sendMarker(SaleId sale) {
        var marker = new SaleMarker(UUID.randomUUID(), replies.edgeId());
        return dependencies
                .publisher()
                .publish(Route.announcement(), Message.of(sale, marker))
                .compose(sent -> vertx.timer(REPORT_MAX.toMillis()))
                .compose(
                        reported -> markers.send(
                                List.of(sale), config.verification().markerMax()),
                        unsent -> Future.succeededFuture(PendingMarkers.Outcome.UNCONFIRMED));
    }

    private Future<ApiServer> startServer(ApiDocument document, WebRoot web) {
        return ApiServer.start(
                        vertx,
                        config.http(),
                        config.placement().retryAfterSeconds(),
                        document,
                        tokens,
                        operations(),
                        new Pages(web, config.pages(), views::viewed, documents(web))::mount,
                        orders.gate(),
                        orders.fastPath(),
                        registry,
                        dependencies.tracing(),
                        trail)
                .onSuccess(started -> server = started);
    }

    /** Rejects new requests, answers the pending ones, and closes the connections last. */
    private Future<Void> stopServer(ApiServer started) {
        started.refuseAll();
        exports.close();
        return Future.join(
                        orders.drain(),
                        payments.drain(),
                        changes.drain(config.placement().drainMax()),
                        started.drain())
                .transform(drained -> operations.close())
                .transform(closed -> started.stop());
    }

    private void answersLost() {
        orders.answersLost();
        payments.answersLost();
        changes.answersLost();
    }

    private SaleDocuments documents(WebRoot web) {
        return new SaleDocuments(
                web, config.pages(), shop, System::nanoTime, new StorefrontContent(saleCache, presentations, list));
    }

    private Map<String, ApiOperation> operations() {
        var sessions = new Sessions(config.auth(), tokens, new LoginAttempts(config.auth(), System::nanoTime));
        var drafts = new SaleList(
                "/api/drafts",
                dependencies.catalogue()::drafts,
                presentations::json,
                config.saleCache(),
                System::nanoTime);
        var sales = new SaleOperations(
                dependencies.catalogue(),
                saleCache,
                presentations,
                visits,
                List.of(list, drafts),
                changes,
                new DraftDeletion(dependencies.statements()));
        var buyerOrders =
                new BuyerOrders(lookups, new RefusalCacheReader(dependencies.cache()), ids, dependencies.catalogue());
        var verification = new Verification(
                config.verification(),
                System::nanoTime,
                saleCache,
                this::sendMarker,
                deadLetterCheck::reason,
                dependencies.counters()::read,
                dependencies.wholeSales()::sums,
                new CounterRecovery(
                        vertx,
                        dependencies.publisher(),
                        dependencies.counters(),
                        config.verification().recountMax())::laterThan);
        var presenting = new PresentationOperations(vertx, saleCache, presented, presentations, List.of(list, drafts));
        var buyers = new RateLimit(
                config.placement().buyerPerSecond(),
                config.placement().buyerBurst(),
                config.placement().buyersTrackedMax(),
                System::nanoTime);
        var reminders = new ReminderOperations(
                saleCache,
                new Reminders(dependencies.statements()),
                config.pages().mails(),
                buyers);
        var raffles = new RaffleOperations(
                saleCache,
                dependencies.ledger(),
                dependencies.raffles(),
                ids,
                new Entrants(config.auth().tokens().secret()),
                buyers);
        var all = new HashMap<>(OperatorOperations.of(vertx, config, dependencies, keys, lookups));
        all.putAll(Map.ofEntries(
                Map.entry("getOperations", operations::handle),
                Map.entry("getShop", shop),
                Map.entry("openSession", new LogIn(sessions, config.http().proxies(), trail)),
                Map.entry("listSales", list::handle),
                Map.entry("listDrafts", drafts::handle),
                Map.entry("publishSale", sales.changing(Action.PUBLISH)),
                Map.entry(
                        "reportSales",
                        new SalesReport(
                                dependencies.ledger(),
                                dependencies.wholeSales(),
                                new ClosedSalePages(dependencies.cache()),
                                views)::handle),
                Map.entry("postponeSales", new SalePostponement(dependencies.ledger(), sales)::handle),
                Map.entry("importSales", new SaleImport(dependencies.catalogue(), sales, presentations)::handle),
                Map.entry("createSale", sales::create),
                Map.entry("getSale", sales::one),
                Map.entry("editSale", sales::edit),
                Map.entry("pauseSale", sales.changing(Action.PAUSE)),
                Map.entry("resumeSale", sales.changing(Action.RESUME)),
                Map.entry("endSale", sales.changing(Action.END)),
                Map.entry("deleteDraft", sales::deleteDraft),
                Map.entry("changePresentation", presenting::change),
                Map.entry("getReminder", reminders::get),
                Map.entry("putReminder", reminders::put),
                Map.entry("getImage", presenting::image),
                Map.entry("getHolds", new HeldUnitsOperation(saleCache, dependencies.ledger()::held)),
                Map.entry("getCourse", new SaleCourse(dependencies.wholeSales())::handle),
                Map.entry("verifySale", verification::handle),
                Map.entry("placeOrder", orders.placeOrder()),
                Map.entry("listSaleOrders", saleOrders::list),
                Map.entry("exportSaleOrders", exports::handle),
                Map.entry("listOrders", buyerOrders::own),
                Map.entry("getOrder", buyerOrders::one),
                Map.entry("payOrder", payments.payOrder()),
                Map.entry("takePaymentEvent", payments.takeEvent()),
                Map.entry("cancelOrder", payments.cancelOrder()),
                Map.entry("enterRaffle", raffles::enter),
                Map.entry("withdrawRaffleEntry", raffles::withdraw),
                Map.entry("getRaffleEntry", raffles::entry),
                Map.entry("getRaffleDraw", raffles::draw)));
        return all;
    }
}
