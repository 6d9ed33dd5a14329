@NullMarked
package dev.aicore.discovery.server.support;

import org.jspecify.annotations.NullMarked;
