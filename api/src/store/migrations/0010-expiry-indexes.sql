-- What has expired is removed at night, found by when it did.
create index "session_expiresAt" on "session" ("expiresAt");
create index "verification_expiresAt" on "verification" ("expiresAt");
create index invites_expires_at on invites (expires_at);
