package dev.aicore.discovery.query.testing;

import dev.aicore.discovery.config.testing.EventLoopContract;

class QueryEventLoopTest extends EventLoopContract {}
