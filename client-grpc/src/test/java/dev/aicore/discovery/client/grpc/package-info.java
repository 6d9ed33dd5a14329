/** Tests of the name resolver with real servers and channels. */
@NullMarked
package dev.aicore.discovery.client.grpc;

import org.jspecify.annotations.NullMarked;
