package dev.aicore.discovery.server.relay;

/**
 * Secret of this process, by which it recognizes the requests that its peers relay.
 *
 * @param secret random text
 */
record RelayProof(String secret) {

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "RelayProof";
    }
}
