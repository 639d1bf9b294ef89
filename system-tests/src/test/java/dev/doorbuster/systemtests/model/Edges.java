package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.order.edge.placement.OrderOutcome;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The edges: admit orders, check before they refuse, and forward answers. */
final class Edges {
    private final World world;
    private final List<Edge> edges;
    private final Map<UUID, ModelRequest> requests = new LinkedHashMap<>();
    /** Refusals that wait for a marker of their edge. */
    private final Map<UUID, Refusal> refusals = new HashMap<>();

    private long orders;
    private long markers;

    private record Refusal(Edge edge, ModelRequest asked, ProblemType why) {}

    Edges(World world) {
        this.world = world;
        this.edges = List.of(new Edge(world, "edge-1"), new Edge(world, "edge-2"));
    }

    /** A buyer sends a new order. */
    ModelRequest newOrder(String buyer, int quantity) {
        long number = ++orders;
        return ask(
                new UUID(1, number),
                buyer,
                quantity,
                "key-" + number,
                world.random().nextBoolean());
    }

    /** The same order, repeated with its key. */
    ModelRequest again(ModelRequest before) {
        boolean other = world.random().nextInt(12) == 0;
        int quantity = other ? 1 + world.random().nextInt(world.limit()) : before.quantity;
        return ask(before.orderId, before.buyer, quantity, before.key, true);
    }

    private ModelRequest ask(UUID order, String buyer, int quantity, String key, boolean keyGiven) {
        var request = new UUID(2, requests.size() + 1);
        var asked = new ModelRequest(request, order, buyer, quantity, key, keyGiven, world.tick());
        requests.put(request, asked);
        return asked;
    }

    /** Concurrent requests at one edge: the admitted ones are published in one message. */
    void arrive(List<ModelRequest> together) {
        Edge edge = world.oneOf(edges);
        var batch = new ArrayList<OrderPlaced>();
        for (ModelRequest asked : together) {
            Optional<ProblemType> refusal = edge.refusal(asked.quantity);
            if (refusal.isPresent()) {
                refuseAtTheGate(new Refusal(edge, asked, refusal.get()));
            } else {
                asked.published = true;
                asked.edge = edge.id();
                batch.add(asked.placed(world, edge.sale(), edge.id()));
            }
        }
        if (!batch.isEmpty()) {
            List<OrderPlaced> numbered = edge.unanswered().published(world.sale(), batch);
            numbered.forEach(each -> requests.get(each.requestId()).number = each.number());
            world.broker().publish(Message.of(world.sale(), numbered));
        }
    }

    /** All edges check for orders without an answer. */
    void check() {
        if (!world.plan().breaks(Mutation.FORGETS_UNANSWERED_ORDERS)) {
            edges.forEach(edge -> edge.unanswered().check());
        }
    }

    int unanswered() {
        return edges.stream().mapToInt(edge -> edge.unanswered().size()).sum();
    }

    /** One edge crashes; what it published is not published again. */
    void die() {
        Edge edge = world.oneOf(edges);
        world.note("FAULT %s crashes", edge.id());
        edge.die();
        refusals.values().removeIf(refusal -> refusal.edge().equals(edge));
        requests.values().stream()
                .filter(asked -> asked.published && asked.edge.equals(edge.id()))
                .forEach(asked -> asked.forgotten = true);
    }

    private void reportBack(Message markers) {
        for (SaleMarker marker : markers.elements(SaleMarker.class)) {
            edges.forEach(edge -> edge.unanswered().reportBack(marker));
            Refusal refusal = refusals.remove(marker.markerId());
            if (refusal != null) {
                world.errand(() -> lookBeforeRefusing(refusal.asked(), refusal.why(), world.tick()));
            }
        }
    }

    private void refuseAtTheGate(Refusal refusal) {
        ModelRequest asked = refusal.asked();
        long madeAt = world.tick();
        if (!asked.keyGiven) {
            tell(asked, new OrderOutcome.Refused(refusal.why(), false), madeAt);
        } else if (world.plan().breaks(Mutation.REFUSES_REPEATS_OF_QUEUED_ORDERS)) {
            world.errand(() -> lookBeforeRefusing(asked, refusal.why(), madeAt));
        } else if (refusal.edge().unanswered().isUndecided(asked.orderId)) {
            tell(asked, OrderOutcome.unknown(), madeAt);
        } else {
            refuseAfterEarlierOrders(refusal);
        }
    }

    private void refuseAfterEarlierOrders(Refusal refusal) {
        var marker = new SaleMarker(new UUID(3, ++markers), refusal.edge().id());
        refusals.put(marker.markerId(), refusal);
        world.broker().publish(Message.of(world.sale(), marker));
    }

    private Step lookBeforeRefusing(ModelRequest asked, ProblemType why, long madeAt) {
        OrderOutcome outcome = row(asked)
                .filter(row -> !world.plan().breaks(Mutation.REFUSES_WITHOUT_LOOKING_THE_ORDER_UP))
                .map(row -> decided(row, asked))
                .orElse(new OrderOutcome.Refused(why, false));
        return () -> {
            tell(asked, outcome, madeAt);
            return null;
        };
    }

    /** An answer arrived at its edge. */
    void answered(Message answers) {
        if (answers.type() == MessageType.SALE_MARKER) {
            reportBack(answers);
        }
        if (answers.type() != MessageType.ORDER_ANSWERED) {
            return;
        }
        for (OrderAnswered answer : answers.elements(OrderAnswered.class)) {
            edges.forEach(edge -> edge.unanswered().answered(answer.requestId()));
            ModelRequest asked = requests.get(answer.requestId());
            if (asked == null) {
                continue;
            }
            world.errand(() -> switch (answer.verdict()) {
                case REFUSED -> refusedByTheCounter(asked, ProblemType.of(answer.reason()));
                case ACCEPTED -> decided(asked, answer, true);
                case REJECTED -> decided(asked, answer, false);
            });
        }
    }

    private Step refusedByTheCounter(ModelRequest asked, ProblemType why) {
        edges.stream()
                .filter(edge -> edge.id().equals(asked.edge))
                .forEach(edge -> refuseAfterEarlierOrders(new Refusal(edge, asked, why)));
        return null;
    }

    private Step decided(ModelRequest asked, OrderAnswered answer, boolean accepted) {
        world.promises().ledgerSaid(asked, accepted);
        tell(asked, OrderOutcome.decided(answer.order(), accepted, asked.quantity, answer.replayed()), world.tick());
        return null;
    }

    /**
     * The wait timed out, or the reply queue was lost: the edge reads the ledger, or answers that the order is
     * pending.
     */
    void endOfWait(ModelRequest asked) {
        OrderOutcome outcome =
                row(asked).map(row -> decided(row, asked)).orElse(new OrderOutcome.Pending(asked.orderId));
        tell(asked, outcome, world.tick());
    }

    private Optional<LedgerOrder> row(ModelRequest asked) {
        return world.ledger().order(asked.orderId);
    }

    private static OrderOutcome decided(LedgerOrder row, ModelRequest asked) {
        return OrderOutcome.decided(row, asked.quantity, !row.requestId().equals(asked.requestId));
    }

    /** The first answer counts. */
    private void tell(ModelRequest asked, OrderOutcome outcome, long madeAt) {
        if (asked.told == null) {
            world.note("TOLD %s: %s", asked, outcome);
            asked.told = outcome;
            world.promises().told(asked, madeAt);
        }
    }

    /** A decider received the request. */
    void delivered(UUID request) {
        requests.get(request).deliveries++;
    }

    /** Its refusal is in the answer cache now. */
    void cached(UUID request) {
        ModelRequest asked = requests.get(request);
        if (world.chaos().strikes(Fault.RECORD_LOST)) {
            asked.cacheLost = true;
        } else {
            asked.cached = true;
        }
    }

    /** A periodic read of one edge; an announcement makes all edges read. */
    void read() {
        world.oneOf(edges).read();
    }

    void readAll() {
        edges.forEach(Edge::read);
    }

    void announced() {
        edges.forEach(edge -> world.errand(() -> {
            edge.announced();
            return null;
        }));
    }

    Collection<ModelRequest> requests() {
        return requests.values();
    }

    List<ModelRequest> requestsFor(UUID order) {
        return requests.values().stream()
                .filter(asked -> asked.orderId.equals(order))
                .toList();
    }

    List<ModelRequest> waiting() {
        return requests.values().stream()
                .filter(asked -> asked.published && asked.told == null)
                .toList();
    }
}
