-- How often discovery picked instances. Picks are no events: these three tables are not folded from the store, query nodes add to
-- them what they counted. Whoever builds the read models anew takes over their rows. Only a reset is an event, and empties a service's.

-- Of each service whose picks were ever counted or reset: since when they are counted, and in which event they were last reset, 0
-- if never. Whoever adds picks, or resets them, locks the row first.
CREATE TABLE picked_services (
    since          timestamptz NOT NULL,
    reset_position bigint      NOT NULL,
    service        text        NOT NULL,
    CONSTRAINT picked_services_pkey PRIMARY KEY (service)
) WITH (fillfactor = 50);

-- Picks by strategy and instance. Those of no instance in particular, beyond what is told apart, have the instance ''.
CREATE TABLE picks (
    picks       bigint      NOT NULL CHECK (picks > 0),
    picked_at   timestamptz NOT NULL,
    service     text        NOT NULL,
    strategy    text        NOT NULL,
    instance_id text        NOT NULL,
    CONSTRAINT picks_pkey PRIMARY KEY (service, strategy, instance_id)
) WITH (fillfactor = 50);

-- Which of a node's flushes is in, so that one whose outcome it didn't learn isn't counted twice.
CREATE TABLE pick_flushes (
    number     bigint      NOT NULL,
    flushed_at timestamptz NOT NULL,
    node       text        NOT NULL,
    CONSTRAINT pick_flushes_pkey PRIMARY KEY (node)
) WITH (fillfactor = 50);
