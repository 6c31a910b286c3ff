/// Replaced by the client.
