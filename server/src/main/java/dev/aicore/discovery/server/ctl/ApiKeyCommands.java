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

    @Command(mixinStandardHelpOptions = true, description = "Makes a key, and prints it: it is shown this once.")
    void issue(
            @Option(names = "--principal", required = true, paramLabel = "NAME", description = "Who acts with it.")
                    String principal,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "viewer, service, operator or admin.")
                    String role,
            @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.") @Nullable
                    String description,
            @Option(names = "--expires-in", paramLabel = "SECONDS", description = "When it ends by itself.") @Nullable
                    Long expiresIn,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the audit shows it.") @Nullable
                    String reason) {
        var body = new LinkedHashMap<String, Object>(Map.of("principal", principal, "role", role));
        put(body, "description", description);
        put(body, "expires_in", expiresIn);
        put(body, "reason", reason);
        showCreated(ctlContext.api().send("POST", PATH, body));
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists keys, without what is secret about them.")
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
        ctlContext.show(answer, textTable, "There are none.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Gives a key another secret, and prints it this once.")
    void rotate(
            @Parameters(paramLabel = "KEY_ID", description = "Which one.") String keyId,
            @Option(
                            names = "--overlap",
                            paramLabel = "SECONDS",
                            description = "How long the one before is still taken.")
                    @Nullable
                    Long overlap,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the audit shows it.") @Nullable
                    String reason) {
        var body = new LinkedHashMap<String, Object>();
        put(body, "overlap", overlap);
        put(body, "reason", reason);
        showCreated(ctlContext.api().send("POST", PATH + "/" + RegistryClient.encode(keyId) + "/rotate", body));
    }

    @Command(mixinStandardHelpOptions = true, description = "Revokes a key.")
    void revoke(
            @Parameters(paramLabel = "KEY_ID", description = "Which one.") String keyId,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the audit shows it.") @Nullable
                    String reason) {
        var answer = ctlContext.api().delete(PATH + "/" + RegistryClient.encode(keyId), reason);
        ctlContext.show(answer, "The key " + keyId + " is revoked.");
    }

    private void showCreated(JsonNode answer) {
        var key = answer.path("data");
        var id = key.path("key_id").asString("");
        ctlContext.show(
                answer,
                "The key " + id + " of "
                        + key.path("principal").asString("") + " ("
                        + key.path("role").asString("") + "), shown this once: "
                        + key.path("key").asString(""));
        if (ctlContext.terminal.out().checkError()) {
            throw new CtlException(
                    "The key " + id + " couldn't be written, and isn't shown again: rotate or revoke it.");
        }
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
