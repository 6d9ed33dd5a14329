package dev.aicore.discovery.server.ctl;

import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/** A refusal of the registry as one line. */
final class ProblemFormatter {

    private ProblemFormatter() {}

    /** Says what is wrong, and with which value. */
    static String line(String path, int status, JsonNode problem) {
        var code = problem.path("code").asString("");
        if (code.isEmpty()) {
            return "Refused: " + path + " was answered " + status + ".";
        }
        var errors = new ArrayList<String>();
        for (var error : problem.path("errors")) {
            errors.add(error.path("field").asString("") + " "
                    + error.path("message").asString("")
                    + (error.has("expected")
                            ? " (expected " + error.path("expected").asString("") + ")"
                            : ""));
        }
        return "Refused: " + problem.path("detail").asString("") + " (" + status + " " + code
                + (errors.isEmpty() ? "" : "; " + String.join("; ", errors)) + ")";
    }
}
