/** Tests of a bridge between two registries in memory. */
@NullMarked
package dev.aicore.discovery.bridge.sync;

import org.jspecify.annotations.NullMarked;
