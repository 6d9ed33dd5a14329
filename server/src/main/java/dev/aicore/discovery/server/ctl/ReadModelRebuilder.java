package dev.aicore.discovery.server.ctl;

import tools.jackson.databind.JsonNode;

/** Rebuilds and verifies read models, in a running registry or in this process. */
interface ReadModelRebuilder {

    /**
     * Starts a run.
     *
     * @param task {@code rebuild} or {@code verify}
     * @param name name of a read model, or {@code all}
     * @return run in the form of the API
     */
    JsonNode start(String task, String name);

    /** Returns the current state of the run; if it is no longer known, another run or a missing node. */
    JsonNode current(JsonNode run);

    /** Creates a rebuilder that uses the API. */
    static ReadModelRebuilder of(CtlHttpClient ctlHttpClient) {
        return new ReadModelRebuilder() {
            private static final String PATH = "/api/v1/admin/projections/";

            @Override
            public JsonNode start(String task, String name) {
                return ctlHttpClient
                        .send("POST", PATH + CtlHttpClient.encode(name) + "/" + task)
                        .path("data");
            }

            @Override
            public JsonNode current(JsonNode run) {
                return ctlHttpClient
                        .get(PATH + CtlHttpClient.encode(run.at("/models/0").asString()))
                        .at("/data/task");
            }
        };
    }
}
