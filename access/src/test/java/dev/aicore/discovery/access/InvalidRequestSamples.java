package dev.aicore.discovery.access;

import static dev.aicore.discovery.access.InvalidRequest.bytes;
import static dev.aicore.discovery.access.InvalidRequest.get;
import static dev.aicore.discovery.access.InvalidRequest.json;
import static dev.aicore.discovery.access.InvalidRequest.type;

import java.util.stream.Stream;
import org.springframework.http.HttpMethod;

/** Lists requests to {@link TestServer}, each of which has one violation. */
final class InvalidRequestSamples {

    private static final int LIMIT = 64 * 1024;

    private InvalidRequestSamples() {}

    static Stream<InvalidRequest> bodies() {
        return Stream.of(
                json(
                        "too many values",
                        "{'name':'a','any':[" + "1,".repeat(20_000) + "1]}",
                        "malformed_json",
                        "body",
                        "{\"name\":\"a\",\"any\":[" + "1,".repeat(90) + "…",
                        "at most 20000 values"),
                json("text for a number", "{'name':'a','port':'80'}", "validation_failed", "port", "80", "an integer"),
                json(
                        "fraction for a number",
                        "{'name':'a','port':80.0}",
                        "validation_failed",
                        "port",
                        "80.0",
                        "an integer"),
                json("number too large", "{'name':'a','port':70000}", "validation_failed", "port", 70000, "1 to 65535"),
                json(
                        "number huge",
                        "{'name':'a','port':99999999999999999999}",
                        "validation_failed",
                        "port",
                        "99999999999999999999",
                        "1 to 65535"),
                json("number for text", "{'name':5}", "validation_failed", "name", 5, "1 to 20 characters"),
                json(
                        "text too long",
                        "{'name':'" + "a".repeat(300) + "'}",
                        "validation_failed",
                        "name",
                        "a".repeat(199) + "…",
                        "1 to 20"),
                json("missing", "{}", "validation_failed", "name", null, "1 to 20 characters"),
                json("null", "{'name':null}", "validation_failed", "name", "null", "1 to 20 characters"),
                json("NUL character", "{'name':'a\\u0000b'}", "validation_failed", "name", "a\0b", "1 to 20"),
                json("half a surrogate pair", "{'name':'a\\ud800'}", "validation_failed", "name", "a\ufffd", "1 to 20"),
                json(
                        "no boolean",
                        "{'name':'a','enabled':'true'}",
                        "validation_failed",
                        "enabled",
                        "true",
                        "true or false"),
                json(
                        "no choice",
                        "{'name':'a','protocol':'udp'}",
                        "validation_failed",
                        "protocol",
                        "udp",
                        "one of http, https, grpc, tcp, udp4"),
                json(
                        "nested",
                        "{'name':'a','health_check':{'config':{'path':7}}}",
                        "validation_failed",
                        "health_check.config.path",
                        7,
                        "characters"),
                json(
                        "no object",
                        "{'name':'a','health_check':[1]}",
                        "validation_failed",
                        "health_check",
                        "[1]",
                        "an object"),
                json(
                        "too many entries",
                        "{'name':'a','metadata':{'a':'','b':'','c':''}}",
                        "validation_failed",
                        "metadata",
                        "{\"a\":\"\",\"b\":\"\",\"c\":\"\"}",
                        "at most 2"),
                json(
                        "value no text",
                        "{'name':'a','metadata':{'k':1}}",
                        "validation_failed",
                        "metadata.k",
                        1,
                        "at most 10"),
                json(
                        "key too long",
                        "{'name':'a','metadata':{'key-six':'v'}}",
                        "validation_failed",
                        "metadata.key-six",
                        "key-six",
                        "1 to 5"),
                json(
                        "tag no text",
                        "{'name':'a','tags':['x',false]}",
                        "validation_failed",
                        "tags[1]",
                        false,
                        "characters"),
                json(
                        "NUL in any JSON",
                        "{'name':'a','any':{'b':['\\u0000']}}",
                        "validation_failed",
                        "any.b[0]",
                        "\0",
                        "control"),
                json("unknown field", "{'name':'a','prot':80}", "unknown_field", "prot", 80, "port"),
                json(
                        "unknown nested field",
                        "{'name':'a','health_check':{'Config':{}}}",
                        "unknown_field",
                        "health_check.Config",
                        "{}",
                        "config"),
                json(
                        "unknown, nothing near",
                        "{'name':'a','zzzzzzzz':'v'}",
                        "unknown_field",
                        "zzzzzzzz",
                        "v",
                        "one of name, port"),
                json("no object at all", "[1,2]", "validation_failed", "body", "[1,2]", "a JSON object"),
                json("broken", "{'name':'a'", "malformed_json", "body", "{\"name\":\"a\"", "JSON"),
                json("not JSON", "name=a", "malformed_json", "body", "name=a", "JSON"),
                json("blank", "  ", "malformed_json", "body", "", "a JSON object"),
                json("trailing garbage", "{'name':'a'} {}", "malformed_json", "body", "{}", "nothing"),
                json(
                        "duplicate key",
                        "{'name':'a','any':{'b':1,'b':2}}",
                        "malformed_json",
                        "any.b",
                        "2",
                        "at most once"),
                json(
                        "too deep",
                        "{'any':" + "[".repeat(32) + "]".repeat(32) + "}",
                        "malformed_json",
                        "body",
                        "[[[[",
                        "32 levels"),
                json(
                        "number too long",
                        "{'name':'a','port':" + "9".repeat(41) + "}",
                        "malformed_json",
                        "body",
                        "9",
                        "JSON"),
                bytes("broken UTF-8", "{\"\u00c3\"}", "malformed_json", 400, "0xC3", "UTF-8"),
                bytes("half a character", "{}\u00e2\u0082", "malformed_json", 400, "0xE2", "UTF-8"),
                bytes(
                        "65 KiB by length",
                        large(LIMIT + 1024),
                        "body_too_large",
                        413,
                        "66560 bytes",
                        "at most 65536 bytes"),
                bytes("65 KiB chunked", large(LIMIT + 1024), "body_too_large", 413, "more bytes", "at most 65536 bytes")
                        .inChunks(),
                bytes(
                        "10 MB by length",
                        large(10_000_000),
                        "body_too_large",
                        413,
                        "10000000 bytes",
                        "at most 65536 bytes"),
                bytes("10 MB chunked", large(10_000_000), "body_too_large", 413, "more bytes", "at most 65536 bytes")
                        .inChunks(),
                type("text/plain"),
                type("application/x-www-form-urlencoded"),
                type("application/json;charset=utf-16"));
    }

    static Stream<InvalidRequest> withoutBodies() {
        return Stream.of(
                get("limit 0", "/things?limit=0", 400, "validation_failed", "limit", "0", "1 to 1000"),
                get("limit 1001", "/things?limit=1001", 400, "validation_failed", "limit", "1001", "1 to 1000"),
                get("limit abc", "/things?limit=abc", 400, "validation_failed", "limit", "abc", "1 to 1000"),
                get("limit empty", "/things?limit=", 400, "validation_failed", "limit", "", "1 to 1000"),
                get(
                        "limit huge",
                        "/things?limit=" + "9".repeat(30),
                        400,
                        "validation_failed",
                        "limit",
                        "9".repeat(30),
                        "1 to 1000"),
                get("limit twice", "/things?limit=1&limit=2", 400, "validation_failed", "limit", "1, 2", "one value"),
                get(
                        "no boolean",
                        "/things?include_unhealthy=yes",
                        400,
                        "validation_failed",
                        "include_unhealthy",
                        "yes",
                        "true, false, 1, 0"),
                get("no duration", "/things?wait=5d", 400, "validation_failed", "wait", "5d", "from 0s to 60s"),
                get("NUL in an unknown parameter", "/things?x=%00", 400, "validation_failed", "x", "\0", "control"),
                get("broken UTF-8 in a parameter", "/things?x=%ff", 400, "validation_failed", "x", "%ff", "UTF-8"),
                get(
                        "metadata key too long",
                        "/things?metadata.elevenchars=1",
                        400,
                        "validation_failed",
                        "metadata.elevenchars",
                        "elevenchars",
                        "1 to 10"),
                get("path variable no number", "/things/abc", 400, "validation_failed", "number", "abc", "a number"),
                get("NUL in the path", "/things/a%00b", 400, "bad_request", "path", "/things/a%00b", "UTF-8"),
                get("broken UTF-8 in the path", "/things/%c3", 400, "bad_request", "path", "/things/%c3", "UTF-8"),
                get("unknown parameter", "/things?limti=5", 400, "unknown_parameter", "limti", "5", "limit"),
                get("unknown path", "/nowhere/%22x", 404, "not_found", "path", "/nowhere/%22x", "a path"),
                get("root", "/", 404, "not_found", "path", "/", "a path"),
                get("wrong method", "/things", 405, "method_not_allowed", "method", "PUT", "GET, POST")
                        .method(HttpMethod.PUT),
                get("wrong Accept", "/things", 406, "not_acceptable", "Accept", "text/html", "application/json")
                        .accept("text/html"),
                get("broken Accept", "/things", 406, "not_acceptable", "Accept", "///", "application/json")
                        .accept("///"));
    }

    /** Creates a valid JSON object of the given number of bytes. */
    static String large(int size) {
        String start = "{\"name\":\"";
        return start + "a".repeat(size - start.length() - 2) + "\"}";
    }
}
