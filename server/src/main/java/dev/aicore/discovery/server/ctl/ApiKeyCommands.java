package dev.aicore.discovery.server.ctl;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Implements {@code ctl keys}. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Issues, lists, rotates and revokes API keys.")
final class ApiKeyCommands {

    private static final String PATH = "/api/v1/admin/api-keys";

    private final CtlContext ctlContext;

    ApiKeyCommands(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Command(mixinStandardHelpOptions = true, description = "Issues a key and prints it. The key is shown only once.")
    void issue(
            @Option(names = "--principal", required = true, paramLabel = "NAME", description = "Principal of the key.")
                    String principal,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "Role of the key: viewer, service, operator or admin.")
                    String role,
            @Option(names = "--description", paramLabel = "TEXT", description = "Purpose of the key.") @Nullable
                    String description,
            @Option(
                            names = "--expires-in",
                            paramLabel = "SECONDS",
                            description = "Seconds until the key expires; never if absent.")
                    @Nullable
                    Long expiresIn,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Reason of the change, shown by the audit.")
                    @Nullable
                    String reason) {
        var body = new LinkedHashMap<String, Object>(Map.of("principal", principal, "role", role));
        put(body, "description", description);
        put(body, "expires_in", expiresIn);
        put(body, "reason", reason);
        showCreated(ctlContext.api().send("POST", PATH, body));
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the keys without their secrets.")
    void list() {
        var answer = PageReader.read(ctlContext.api(), PATH, Map.of(), "keys", Integer.MAX_VALUE);
        var textTable = new TextTable("KEY ID", "PRINCIPAL", "ROLE", "ISSUED", "EXPIRES", "REVOKED", "DESCRIPTION");
        for (var key : answer.at("/data/keys")) {
            textTable.add(
                    key.path("key_id"),
                    key.path("principal"),
                    key.path("role"),
                    key.path("issued_at"),
                    key.path("expires_at"),
                    key.path("revoked_at"),
                    key.path("description"));
        }
        ctlContext.show(answer, textTable, "No API keys exist.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Rotates the secret of a key and prints the new key. It is shown only once.")
    void rotate(
            @Parameters(paramLabel = "KEY_ID", description = "Id of the key.") String keyId,
            @Option(
                            names = "--overlap",
                            paramLabel = "SECONDS",
                            description = "Time for which the previous secret remains valid.")
                    @Nullable
                    Long overlap,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Reason of the change, shown by the audit.")
                    @Nullable
                    String reason) {
        var body = new LinkedHashMap<String, Object>();
        put(body, "overlap", overlap);
        put(body, "reason", reason);
        showCreated(ctlContext.api().send("POST", PATH + "/" + CtlHttpClient.encode(keyId) + "/rotate", body));
    }

    @Command(mixinStandardHelpOptions = true, description = "Revokes a key.")
    void revoke(
            @Parameters(paramLabel = "KEY_ID", description = "Id of the key.") String keyId,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Reason of the change, shown by the audit.")
                    @Nullable
                    String reason) {
        var answer = ctlContext.api().delete(PATH + "/" + CtlHttpClient.encode(keyId), reason);
        ctlContext.show(answer, "The key " + keyId + " is revoked.");
    }

    private void showCreated(JsonNode answer) {
        var key = answer.path("data");
        var id = key.path("key_id").asString("");
        ctlContext.show(
                answer,
                "The key " + id + " of "
                        + key.path("principal").asString("") + " ("
                        + key.path("role").asString("") + "), shown only once: "
                        + key.path("key").asString(""));
        if (ctlContext.terminal.out().checkError()) {
            throw new CtlException(
                    "The key " + id + " could not be printed and isn't shown again: rotate or revoke it.");
        }
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
