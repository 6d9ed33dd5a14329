@NullMarked
package dev.aicore.discovery.query.snapshot;

import org.jspecify.annotations.NullMarked;
