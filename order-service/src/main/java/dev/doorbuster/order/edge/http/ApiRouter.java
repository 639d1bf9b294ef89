package dev.doorbuster.order.edge.http;

import dev.doorbuster.order.edge.auth.Caller;
import dev.doorbuster.order.edge.auth.Tokens;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.operator.AuditTrail;
import dev.doorbuster.runtime.auth.BearerTokens;
import dev.doorbuster.runtime.http.ProblemException;
import dev.doorbuster.runtime.trace.RequestSpan;
import dev.doorbuster.runtime.trace.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The routes of the OpenAPI document. Each operation is a chain: response headers, authentication and authorization,
 * type and size of the body, validation against the document, {@link AuditedOperation audit}, use case. The document also contains the required
 * roles, the scope that a key needs, and the body's size limit ({@code x-roles}, {@code x-scope}, {@code
 * x-body-bytes-max}).
 */
final class ApiRouter {
    private static final String ROLES = "x-roles";
    private static final String SCOPE = "x-scope";
    private static final String BODY_BYTES_MAX = "x-body-bytes-max";
    private static final long BODY_BYTES_MAX_DEFAULT = 64L * 1024;
    private static final String CALLER = "doorbuster.caller";

    private final Vertx vertx;
    private final OpenAPIContract contract;
    private final Tokens tokens;
    private final Tracing tracing;
    private final AuditTrail trail;

    ApiRouter(Vertx vertx, OpenAPIContract contract, Tokens tokens, Tracing tracing, AuditTrail trail) {
        this.vertx = vertx;
        this.contract = contract;
        this.tokens = tokens;
        this.tracing = tracing;
        this.trail = trail;
    }

    /** The router, to be mounted at the base path of the document's server. */
    Router create(Map<String, ApiOperation> operations) {
        RouterBuilder builder = RouterBuilder.create(vertx, contract);
        for (OpenAPIRoute route : builder.getRoutes()) {
            Operation operation = route.getOperation();
            ApiOperation useCase = operations.get(operation.getOperationId());
            if (useCase == null) {
                throw new IllegalStateException("nothing handles operation " + operation.getOperationId());
            }
            chain(route, operation, AuditedOperation.of(useCase, operation, roles(operation), trail));
        }
        Router router = builder.createRouter();
        contract.getPaths().forEach(path -> refuseOtherMethods(router, path));
        return router;
    }

    private void chain(OpenAPIRoute route, Operation operation, ApiOperation useCase) {
        var check = new RequestCheck(operation, contract.getSchemaRepository());
        route.setDoValidation(false);
        if (tracing.isOn()) {
            route.addHandler(context -> nameSpan(context, operation));
        }
        route.addHandler(context -> {
            useCase.prepare(new ApiRequest(context, null, null));
            context.next();
        });
        route.addHandler(context -> authenticate(context, operation));
        if (check.takesBody()) {
            route.addHandler(context -> {
                check.checkContentType(context);
                context.next();
            });
            BodyHandler reader = BodyHandler.create(false).setBodyLimit(bodyBytesMax(operation));
            route.addHandler(context -> {
                if (FastPath.ReadBody.kept() == null) {
                    reader.handle(context);
                } else {
                    context.next();
                }
            });
        }
        route.addHandler(context -> {
            Buffer read = FastPath.ReadBody.kept();
            JsonObject body = check.check(context, read == null ? context.body().buffer() : read);
            useCase.handle(new ApiRequest(context, context.get(CALLER), body));
        });
    }

    private void nameSpan(RoutingContext context, Operation operation) {
        RequestSpan span = tracing.current();
        span.route(operation.getAbsoluteOpenAPIPath());
        context.put(ApiRequest.SPAN, span);
        context.next();
    }

    private static long bodyBytesMax(Operation operation) {
        return ((Number) operation.getExtensions().getOrDefault(BODY_BYTES_MAX, BODY_BYTES_MAX_DEFAULT)).longValue();
    }

    /**
     * A public operation still rejects an invalid token: its sender expects to be authenticated. Other schemes are
     * ignored: a proxy may use them.
     */
    private void authenticate(RoutingContext context, Operation operation) {
        boolean open = operation.getSecurityRequirements().isEmpty();
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (open && !BearerTokens.isBearer(authorization)) {
            context.next();
            return;
        }
        Optional<Caller> caller = tokens.check(authorization);
        if (caller.isPresent()) {
            admit(context, operation, caller.get());
            return;
        }
        // The keys of the token's issuer may have to be read first; the body waits.
        HttpServerRequest unused = context.request().pause();
        Future<Caller> unusedVerified = tokens.verify(authorization)
                .onComplete(done -> {
                    HttpServerRequest unusedToo = context.request().resume();
                })
                .onSuccess(found -> {
                    if (!context.response().closed()) {
                        admitOrFail(context, operation, found);
                    }
                })
                .onFailure(context::fail);
    }

    private static void admitOrFail(RoutingContext context, Operation operation, Caller caller) {
        try {
            admit(context, operation, caller);
        } catch (ProblemException e) {
            context.fail(e);
        }
    }

    private static void admit(RoutingContext context, Operation operation, Caller caller) {
        boolean open = operation.getSecurityRequirements().isEmpty();
        JsonArray roles = roles(operation);
        boolean allowed = open || caller.roles().stream().anyMatch(role -> roles.contains(role.wireName()));
        String scope = (String) operation.getExtensions().get(SCOPE);
        if (!caller.isAllowed(scope) && (scope != null || !open)) {
            throw ProblemType.FORBIDDEN.exception(
                    scope == null ? "Keys cannot be used for this." : "This needs a key with the scope " + scope + ".");
        }
        if (!allowed) {
            throw ProblemType.FORBIDDEN.exception("This needs the role "
                    + roles.stream().map(Object::toString).collect(Collectors.joining(" or ")) + ".");
        }
        context.put(CALLER, caller);
        context.next();
    }

    private static JsonArray roles(Operation operation) {
        return (JsonArray) operation.getExtensions().getOrDefault(ROLES, new JsonArray());
    }

    private static void refuseOtherMethods(Router router, Path path) {
        String allowed = path.getOperations().stream()
                .map(operation -> operation.getHttpMethod().name())
                .sorted()
                .collect(Collectors.joining(", "));
        router.route(path.getName().replaceAll("\\{(.*?)}", ":$1")).handler(context -> {
            context.response().putHeader(HttpHeaders.ALLOW, allowed);
            context.fail(405);
        });
    }
}
