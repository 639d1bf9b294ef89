package dev.doorbuster.order.operator;

import java.time.Instant;

/**
 * An action of an operator.
 *
 * @param operation id of the operation in the OpenAPI document
 * @param sale null if it concerns none
 * @param request its parameters and body as JSON, shortened
 * @param status of the response; null while it is not known
 */
public record AuditEntry(
        long id, Instant at, String operator, String operation, String sale, String request, Integer status) {}
