/** Tests of the service discovery in Stork. */
@NullMarked
package dev.aicore.discovery.client.stork;

import org.jspecify.annotations.NullMarked;
