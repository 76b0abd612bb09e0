-- Times are milliseconds since 1970-01-01T00:00:00Z. Ids are the database's own; only users.public_id is ever shown.

CREATE TABLE rooms (
    id ${key},
    name ${text} NOT NULL UNIQUE,
    epoch ${text} NOT NULL,
    seq BIGINT NOT NULL,
    change BIGINT NOT NULL,
    topic ${text},
    created_at BIGINT NOT NULL
) ${roomsStorage};

CREATE TABLE users (
    id ${key},
    public_id ${text} NOT NULL UNIQUE,
    name ${text} NOT NULL,
    name_key ${text} NOT NULL,
    kind ${text} NOT NULL CHECK (kind IN ('guest', 'simple', 'account')),
    password_hash ${text},
    -- Whether there is a message of theirs: such a user is never taken away.
    posted BOOLEAN NOT NULL DEFAULT FALSE,
    created_at BIGINT NOT NULL
);

-- Only an account owns its name; any number of guests may share one.
CREATE UNIQUE INDEX users_account_name ON users (name_key) WHERE kind = 'account';
-- The simple API has one guest for everybody of a name.
CREATE UNIQUE INDEX users_simple_name ON users (name_key) WHERE kind = 'simple';

CREATE TABLE tokens (
    hash ${text} PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id),
    scope ${text},
    created_at BIGINT NOT NULL,
    -- To within about a day.
    last_used_at BIGINT NOT NULL
) ${keyedStorage};

CREATE INDEX tokens_user ON tokens (user_id);
CREATE INDEX tokens_used ON tokens (last_used_at, hash);

-- No foreign keys: the writer has read the room and the author in the same transaction, neither is ever deleted, and
-- checking them again for every row would cost as much as storing it.
CREATE TABLE messages (
    room_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    change BIGINT NOT NULL,
    author_id BIGINT NOT NULL,
    client_id ${text},
    text ${text} NOT NULL,
    at BIGINT NOT NULL,
    edited_at BIGINT,
    deleted BOOLEAN NOT NULL,
    reply_to BIGINT,
    PRIMARY KEY (room_id, seq)
) ${keyedStorage};

CREATE UNIQUE INDEX messages_change ON messages (room_id, change);
CREATE UNIQUE INDEX messages_sent ON messages (room_id, author_id, client_id) WHERE client_id IS NOT NULL;

-- What a message was under a change number that a newer one has replaced.
CREATE TABLE revisions (
    room_id BIGINT NOT NULL,
    change BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    text ${text} NOT NULL,
    edited_at BIGINT,
    PRIMARY KEY (room_id, change)
) ${keyedStorage};

CREATE INDEX revisions_message ON revisions (room_id, seq);

CREATE TABLE reads (
    user_id BIGINT NOT NULL REFERENCES users (id),
    room_id BIGINT NOT NULL REFERENCES rooms (id),
    seq BIGINT NOT NULL,
    PRIMARY KEY (user_id, room_id)
) ${keyedStorage};

-- One row that is written to see whether the database takes writes.
CREATE TABLE probe (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    text ${text} NOT NULL
);
