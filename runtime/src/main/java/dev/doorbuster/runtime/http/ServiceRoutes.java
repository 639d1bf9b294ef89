package dev.doorbuster.runtime.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;

/** What one service answers on its {@link PublicServer}, and all that is its own there. */
public interface ServiceRoutes {
    void mount(Router router);

    /** Adds what pages of other origins may send and read here, beside a token and a body. */
    void share(CorsHandler cors);

    /** What is said for some statuses, one problem each, where {@link ProblemResponses} would say something more general. */
    List<Problem> problems();
}
