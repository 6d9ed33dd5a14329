package dev.aicore.discovery.server.ctl;

import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/** Formats a refusal of the registry as one line. */
final class ProblemFormatter {

    private ProblemFormatter() {}

    /** Returns the detail of a problem and its invalid fields. */
    static String line(String path, int status, JsonNode problem) {
        var code = problem.path("code").asString("");
        if (code.isEmpty()) {
            return "Refused: " + path + " returned status " + status + ".";
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
