package dev.aicore.discovery.server.ctl;

import tools.jackson.databind.JsonNode;

/** Who builds read models anew and compares them: a running registry, or this process. */
interface ReadModelRebuilder {

    /**
     * Begins.
     *
     * @param task {@code rebuild} or {@code verify}
     * @param name of a read model, or {@code all}
     * @return the run, as the API tells it
     */
    JsonNode start(String task, String name);

    /** The same run as it is now; that of another, or a missing node, if it isn't known any more. */
    JsonNode now(JsonNode run);

    /** Over the API. */
    static ReadModelRebuilder of(RegistryClient registryClient) {
        return new ReadModelRebuilder() {
            private static final String PATH = "/api/v1/admin/projections/";

            @Override
            public JsonNode start(String task, String name) {
                return registryClient
                        .send("POST", PATH + RegistryClient.encode(name) + "/" + task)
                        .path("data");
            }

            @Override
            public JsonNode now(JsonNode run) {
                return registryClient
                        .get(PATH + RegistryClient.encode(run.at("/models/0").asString()))
                        .at("/data/task");
            }
        };
    }
}
