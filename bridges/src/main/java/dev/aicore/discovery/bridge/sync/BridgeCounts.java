package dev.aicore.discovery.bridge.sync;

/**
 * Numbers of writes of a bridge since its start.
 *
 * @param imports writes here
 * @param exports writes on the other side
 * @param refusals writes that this registry refused
 */
public record BridgeCounts(long imports, long exports, long refusals) {

    BridgeCounts withImports(int done, int refused) {
        return new BridgeCounts(imports + done, exports, refusals + refused);
    }

    BridgeCounts withExports(int done) {
        return new BridgeCounts(imports, exports + done, refusals);
    }
}
