package dev.aicore.discovery.server.system;

import java.util.ArrayList;
import java.util.List;

/**
 * Request that must be refused, and the expected refusal.
 *
 * @param head request line and headers, without those of every request
 * @param body one character per byte
 * @param field field that the first of {@code errors} names; empty if the refusal has no errors
 * @param rejected part of the rejected value that is shown; empty if there is none
 * @param expected part of the expected value that is shown
 */
record InvalidRequest(
        String name,
        List<String> head,
        String body,
        int status,
        String code,
        String field,
        String rejected,
        String expected) {

    private static final String SERVICES = "POST /api/v1/services";

    /** Creates a registration with these fields, in single quotes, in addition to valid ones or instead of them. */
    static InvalidRequest registration(String name, String fields, String field, String rejected, String expected) {
        var base = new ArrayList<String>();
        for (var valid : List.of("'name':'bad'", "'address':'10.0.0.9'", "'port':80")) {
            if (!fields.contains(valid.substring(0, valid.indexOf(':') + 1))) {
                base.add(valid);
            }
        }
        base.add(fields);
        var json = "{" + String.join(",", base).replace('\'', '"') + "}";
        return post(name, json, 400, "validation_failed", field, rejected, expected);
    }

    /** Creates a registration without a required field. */
    static InvalidRequest without(String field, String rest, String expected) {
        return post("without " + field, rest.replace('\'', '"'), 400, "validation_failed", field, "", expected);
    }

    /** Creates a request whose body isn't a JSON object. */
    static InvalidRequest malformed(String name, String body, String rejected, String expected) {
        return post(name, body, 400, "malformed_json", "body", rejected, expected);
    }

    static InvalidRequest post(
            String name, String body, int status, String code, String field, String rejected, String expected) {
        return new InvalidRequest(
                name,
                List.of(SERVICES, "Content-Type: application/json"),
                body,
                status,
                code,
                field,
                rejected,
                expected);
    }

    static InvalidRequest bare(
            String name, String request, int status, String code, String field, String rejected, String expected) {
        return new InvalidRequest(name, List.of(request), "", status, code, field, rejected, expected);
    }

    InvalidRequest coded(String other) {
        return new InvalidRequest(name, head, body, status, other, field, rejected, expected);
    }

    InvalidRequest sentAs(int otherStatus, String otherCode, String... headers) {
        var other = new ArrayList<>(List.of(head.getFirst()));
        other.addAll(List.of(headers));
        return new InvalidRequest(name, other, body, otherStatus, otherCode, field, rejected, expected);
    }

    InvalidRequest to(String request) {
        var other = new ArrayList<>(head);
        other.set(0, request);
        return new InvalidRequest(name, other, body, status, code, field, rejected, expected);
    }

    @Override
    public String toString() {
        return name;
    }
}
