@NullMarked
package dev.aicore.discovery.query.history;

import org.jspecify.annotations.NullMarked;
