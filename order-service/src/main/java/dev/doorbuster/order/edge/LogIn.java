package dev.doorbuster.order.edge;

import dev.doorbuster.order.edge.auth.Sessions;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.connection.TrustedProxies;
import dev.doorbuster.order.operator.AuditTrail;
import dev.doorbuster.runtime.http.ProblemException;
import dev.doorbuster.runtime.rate.RateLimit;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /api/sessions}. An operator's log-in, refused or not, is recorded in the audit trail with the client's address.
 * Attempts that must wait are not, and refused ones only at a limited rate; the next entry has the number of the others. A log-in
 * that cannot be recorded succeeds, because an operator must be able to look at a system without its database.
 */
final class LogIn implements ApiOperation {
    private static final Logger LOG = LoggerFactory.getLogger(LogIn.class);
    private static final String OPERATION = "openSession";
    private static final int CREATED = 201;
    private static final int REFUSED_PER_SECOND = 1;
    private static final int REFUSED_BURST = 100;

    private final Sessions sessions;
    private final TrustedProxies proxies;
    private final AuditTrail trail;
    private final RateLimit refusals;
    private long refusalsLeftOut;

    LogIn(Sessions sessions, TrustedProxies proxies, AuditTrail trail) {
        this.sessions = sessions;
        this.proxies = proxies;
        this.trail = trail;
        this.refusals = new RateLimit(REFUSED_PER_SECOND, REFUSED_BURST, 1, System::nanoTime);
    }

    @Override
    public void handle(ApiRequest request) {
        String name = request.body().getString("name");
        Optional<String> password = Optional.ofNullable(request.body().getString("password"));
        String address = proxies.clientOf(request.http());
        if (!sessions.isForOperator(name, password)) {
            answer(request, sessions.open(name, password, address));
            return;
        }
        Sessions.Session session;
        try {
            session = sessions.open(name, password, address);
        } catch (ProblemException refused) {
            recordRefused(name, address, refused.problem().status());
            throw refused;
        }
        request.answer(
                recorded(name, new JsonObject().put("address", address), CREATED)
                        .otherwiseEmpty(),
                done -> answer(request, session));
    }

    private static void answer(ApiRequest request, Sessions.Session session) {
        request.json(
                CREATED,
                new JsonObject().put("token", session.token()).put("expiresInSeconds", session.expiresInSeconds()));
    }

    private void recordRefused(String name, String address, int status) {
        if (refusals.secondsToWait(OPERATION) > 0) {
            refusalsLeftOut++;
            return;
        }
        var attempt = new JsonObject().put("address", address);
        if (refusalsLeftOut > 0) {
            attempt.put("othersNotRecorded", refusalsLeftOut);
            refusalsLeftOut = 0;
        }
        Future<Void> unused = recorded(name, attempt, status);
    }

    private Future<Void> recorded(String name, JsonObject attempt, int status) {
        return trail.add(name, OPERATION, attempt.encode(), status)
                .onFailure(cause -> LOG.warn(
                        "the log-in of {} from {}, status {}, could not be recorded: {}",
                        name,
                        attempt.getString("address"),
                        status,
                        cause.toString()));
    }
}
