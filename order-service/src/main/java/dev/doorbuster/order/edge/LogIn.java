package dev.doorbuster.order.edge;

import dev.doorbuster.order.edge.auth.Sessions;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.TrustedProxies;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** {@code POST /api/sessions}. */
final class LogIn implements ApiOperation {
    private final Sessions sessions;
    private final TrustedProxies proxies;

    LogIn(Sessions sessions, TrustedProxies proxies) {
        this.sessions = sessions;
        this.proxies = proxies;
    }

    @Override
    public void handle(ApiRequest request) {
        Sessions.Session session = sessions.open(
                request.body().getString("name"),
                Optional.ofNullable(request.body().getString("password")),
                proxies.clientOf(request.http()));
        request.json(
                201,
                new JsonObject().put("token", session.token()).put("expiresInSeconds", session.expiresInSeconds()));
    }
}
