/** Tests the running system, including faults. */
@NullMarked
package dev.aicore.discovery.server.system;

import org.jspecify.annotations.NullMarked;
