-- Whose account is known by an OpenID Connect provider and not by a password: who says so, and what it calls the person. Both null for local accounts.
ALTER TABLE accounts ADD COLUMN issuer TEXT;
ALTER TABLE accounts ADD COLUMN subject TEXT;
CREATE UNIQUE INDEX accounts_of_provider ON accounts (issuer, subject) WHERE subject IS NOT NULL;
