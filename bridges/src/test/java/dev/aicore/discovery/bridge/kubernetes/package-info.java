/** Tests of the bridge to Kubernetes, with the mock server of fabric8's client, which keeps what is written to it. */
@NullMarked
package dev.aicore.discovery.bridge.kubernetes;

import org.jspecify.annotations.NullMarked;
