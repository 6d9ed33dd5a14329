@NullMarked
package dev.aicore.discovery.query.database;

import org.jspecify.annotations.NullMarked;
