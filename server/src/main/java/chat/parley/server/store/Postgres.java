package chat.parley.server.store;
final class Postgres {}
