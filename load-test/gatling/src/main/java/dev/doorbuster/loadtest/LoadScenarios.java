package dev.doorbuster.loadtest;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.doorbuster.crowd.buyers.RetryPolicy;
import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.BuyerTokens;
import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.client.ShopRequest.Attempt;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The buyers' scenarios: a buyer repeats an order under its key until the answer is final or no retries are left. An answer
 * is in the session under the name of its request.
 */
final class LoadScenarios {
    private static final RetryPolicy RETRIES = RetryPolicy.limited();

    private static final String FIRST = "first";
    private static final String DUPLICATE = "duplicate";
    private static final String REPEAT = "repeat";
    private static final String PAGE = "page";
    private static final String LIST = "list";

    private final LoadReport report;
    private final Requests requests;
    private final Supplier<String> sale;
    /** One a thread: a MAC is not thread-safe. */
    private final ThreadLocal<BuyerTokens> tokens;

    private final String run = Long.toString(Instant.now().getEpochSecond(), Character.MAX_RADIX);
    private final AtomicInteger buyers = new AtomicInteger();

    /** @param sale known when the first buyer arrives */
    LoadScenarios(LoadPlan plan, LoadReport report, Supplier<String> sale) {
        this.report = report;
        this.requests = new Requests(plan.waitPreferred(), sale);
        this.sale = sale;
        this.tokens = ThreadLocal.withInitial(() -> new BuyerTokens(plan.jwtSecret()));
    }

    /** Buyers of one unit each. */
    ScenarioBuilder storm() {
        return scenario("storm")
                .exec(this::arrive)
                .exec(place(FIRST, Attempt.FIRST))
                .exec(settle(FIRST))
                .exec(ended(FIRST));
    }

    /** Buyers who open the page and send their order twice at once, and again when it is reserved. */
    ScenarioBuilder repeats() {
        return scenario("repeats")
                .exec(this::arrive)
                .exec(sending(FIRST))
                .exec(sending(DUPLICATE))
                .exec(requests.page(PAGE).resources(requests.place(FIRST), requests.place(DUPLICATE)))
                .exec(this::readPage)
                .exec(readOrder(FIRST, Attempt.FIRST))
                .exec(readOrder(DUPLICATE, Attempt.DUPLICATE))
                .exec(settle(FIRST), settle(DUPLICATE))
                .exec(ended(FIRST))
                .exec(ended(DUPLICATE))
                .exec(doIf(session -> isReserved(session, FIRST) || isReserved(session, DUPLICATE))
                        .then(place(REPEAT, Attempt.REPEAT)));
    }

    ScenarioBuilder browsers() {
        return scenario("browsers")
                .exec(requests.page(PAGE))
                .exec(this::readPage)
                .exec(session -> session.set(Requests.LIST_PAGE, "/api/sales"))
                .exec(asLongAs(session -> session.contains(Requests.LIST_PAGE))
                        .on(exec(requests.list(LIST)).exec(this::readList)));
    }

    private Session arrive(Session session) {
        String name = "g" + run + "-" + buyers.incrementAndGet();
        return session.set("key", name)
                .set("sale", sale.get())
                .set("token", tokens.get().mint(name, Instant.now()))
                .set("arrived", System.nanoTime());
    }

    private ChainBuilder place(String name, Attempt attempt) {
        return exec(sending(name)).exec(requests.place(name)).exec(readOrder(name, attempt));
    }

    private Function<Session, Session> sending(String name) {
        return session -> session.set(name + ".sent", report.now());
    }

    /** Buyer and key have the same name. */
    private Function<Session, Session> readOrder(String name, Attempt attempt) {
        return session -> read(session, name, key -> ShopRequest.order(attempt, sale.get(), key, key, 1));
    }

    private Session readLook(Session session, String name) {
        return read(session, name, key -> ShopRequest.look(sale.get(), key, key, session.getString("order")));
    }

    private Session read(Session session, String name, Function<String, ShopRequest> request) {
        ShopAnswer answer = Requests.answer(session, name);
        report.answered(request.apply(session.getString("key")), session.getLong(name + ".sent"), answer);
        return Requests.forget(session, name).set(name, answer);
    }

    private ChainBuilder settle(String name) {
        String retries = name + ".retries";
        return asLongAs(session -> !isFinal(session, name) && session.getInt(retries) < RETRIES.retriesMax(), retries)
                .on(doIfOrElse(session -> answer(session, name).kind() == AnswerKind.PENDING)
                        .then(follow(name))
                        .orElse(pause(session -> retryWait(answer(session, name))))
                        .exec(doIf(session -> !isFinal(session, name)).then(place(name, Attempt.RETRY))));
    }

    private static Duration retryWait(ShopAnswer answer) {
        return Duration.ofMillis(
                RETRIES.retryDelay(ThreadLocalRandom.current()).nextMillis(answer.retryAfterSeconds()));
    }

    /** After a 202: looks at the order, a limited number of times. */
    private ChainBuilder follow(String name) {
        String looks = name + ".looks";
        return exec(session -> session.set("order", answer(session, name).orderId()))
                .exec(asLongAs(session -> !isFinal(session, name) && session.getInt(looks) < RETRIES.looksMax(), looks)
                        .on(pause(RETRIES.lookWait())
                                .exec(sending(name))
                                .exec(requests.look(name))
                                .exec(session -> readLook(session, name))));
    }

    private Function<Session, Session> ended(String name) {
        return session -> {
            report.ended(answer(session, name), Duration.ofNanos(System.nanoTime() - session.getLong("arrived")));
            return session;
        };
    }

    private Session readPage(Session session) {
        return readShown(session, PAGE, body -> PageChecks.isSale(body, sale.get()));
    }

    /** Goes on to the next page while the sale is on none. */
    private Session readList(Session session) {
        Predicate<String> hasSale = body -> PageChecks.hasSale(body, sale.get());
        Optional<String> next = Requests.response(session, LIST)
                .filter(page -> page.status() == 200 && !hasSale.test(page.body()))
                .flatMap(page -> Requests.nextPage(session, LIST));
        return next.isPresent()
                ? Requests.forget(session, LIST).set(Requests.LIST_PAGE, next.get())
                : readShown(session, LIST, hasSale).remove(Requests.LIST_PAGE);
    }

    /** A 503 is no wrong page. */
    private Session readShown(Session session, String name, Predicate<String> right) {
        Requests.response(session, name)
                .filter(shown -> shown.status() != 503 && !(shown.status() == 200 && right.test(shown.body())))
                .ifPresent(shown -> report.wrong("wrong pages"));
        return Requests.forget(session, name);
    }

    private static ShopAnswer answer(Session session, String name) {
        return session.get(name);
    }

    private static boolean isFinal(Session session, String name) {
        return answer(session, name).kind().isFinal();
    }

    private static boolean isReserved(Session session, String name) {
        return answer(session, name).kind() == AnswerKind.RESERVED;
    }
}
